import { render, screen } from '@testing-library/angular';
import { CadrePoste } from './cadre-poste';

describe('CadrePoste', () => {
  it('sends what is to be laid out into a frame that runs nothing, once for each content', async () => {
    const envois: string[] = [];
    vi.spyOn(HTMLFormElement.prototype, 'submit').mockImplementation(function (this: HTMLFormElement) {
      envois.push(`${this.method} ${this.getAttribute('action')} ${String(new FormData(this).get('relance'))} ${this.target}`);
    });
    const inputs = { adresse: '/api/essai', champ: 'relance', contenu: 'un', titre: 'Message' };
    const { rerender, fixture } = await render(CadrePoste, { inputs });
    const cadre = screen.getByTitle('Message');
    const nom = cadre.getAttribute('name');
    expect(cadre.getAttribute('sandbox')).toBe('');
    expect(envois).toEqual([`post /api/essai un ${nom}`]);
    await rerender({ inputs: { ...inputs, contenu: 'deux' } });
    await fixture.whenStable();
    expect(envois).toEqual([`post /api/essai un ${nom}`, `post /api/essai deux ${nom}`]);
    expect(screen.getByTitle('Message')).not.toBe(cadre);
    vi.restoreAllMocks();
  });
});
