import { render, screen } from '@testing-library/angular';
import { LettreIsolee } from '.';

const HTML = `<!doctype html><html><head><title>Rappel</title></head><body onload="alert(1)">
<p>Bonjour</p><script>alert(2)</script><img src="https://espion.example/x.gif" onerror="alert(3)">
<table style="width: 100%"><tbody><tr><td>F-1</td></tr></tbody></table></body></html>`;

describe('LettreIsolee', () => {
  it('shows text and tables in a frame that may do nothing, without scripts, handlers or the title of the head', async () => {
    await render(LettreIsolee, { inputs: { html: HTML, titre: 'Message' } });
    const cadre = screen.getByTitle<HTMLIFrameElement>('Message');
    expect(cadre.getAttribute('sandbox')).toBe('');
    expect(cadre.srcdoc).toContain('<p>Bonjour</p>');
    expect(cadre.srcdoc).toContain('<td>F-1</td>');
    expect(cadre.srcdoc).not.toMatch(/script|onerror|onload|style|Rappel/);
  });
});
