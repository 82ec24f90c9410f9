import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { render, screen } from '@testing-library/angular';
import userEvent from '@testing-library/user-event';
import { aujourdHui } from '../kernel/format/date';
import { Situation } from './situation';

async function monter(adresse: string) {
  const { fixture } = await render(Situation, { providers: [provideRouter([{ path: '**', children: [] }])] });
  const router = TestBed.inject(Router);
  await router.navigateByUrl(adresse);
  fixture.detectChanges();
  return router;
}

describe('Situation', () => {
  it('reminds of a day that is not today and leads back', async () => {
    const router = await monter('/balance-agee?au=2026-05-31&tri=nom');
    await userEvent.setup().click(screen.getByRole('button', { name: /Au 31\/05\/2026/ }));
    await vi.waitFor(() => expect(router.url).toBe('/balance-agee?tri=nom'));
    await vi.waitFor(() => expect(screen.queryByRole('button')).toBeNull());
  });

  it.each(['/balance-agee', `/balance-agee?au=${aujourdHui()}`, '/notifications?au=2026-05-31', '/balance-agee?au=hier'])(
    'is silent at %s',
    async (adresse) => {
      await monter(adresse);
      expect(screen.queryByRole('button')).toBeNull();
    },
  );
});
