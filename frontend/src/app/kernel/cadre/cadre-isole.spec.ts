import { render, screen } from '@testing-library/angular';
import { CadreIsole } from '.';

describe('CadreIsole', () => {
  it('loads the page of the service without letting it do anything', async () => {
    const { rerender } = await render(CadreIsole, { inputs: { adresse: '/api/notifications/n1', titre: 'Message' } });
    const cadre = screen.getByTitle('Message');
    expect([cadre.getAttribute('src'), cadre.getAttribute('sandbox')]).toEqual(['/api/notifications/n1', '']);
    await rerender({ inputs: { adresse: '/api/notifications/n2' }, partialUpdate: true });
    await vi.waitFor(() => expect(cadre.getAttribute('src')).toBe('/api/notifications/n2'));
  });
});
