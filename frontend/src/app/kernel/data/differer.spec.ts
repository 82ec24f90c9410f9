import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { differer } from '.';

describe('differer', () => {
  it('waits until nothing changes any more, and does not repeat what is the same', () => {
    vi.useFakeTimers();
    const source = signal({ q: '' });
    const differee = TestBed.runInInjectionContext(() => differer(source, 300));
    const passer = (ms: number): void => {
      TestBed.tick();
      vi.advanceTimersByTime(ms);
    };
    source.set({ q: 'a' });
    passer(299);
    source.set({ q: 'ab' });
    passer(299);
    expect(differee()).toEqual({ q: '' });
    passer(1);
    expect(differee()).toEqual({ q: 'ab' });
    const avant = differee();
    source.set({ q: 'ab' });
    passer(300);
    expect(differee()).toBe(avant);
    vi.useRealTimers();
  });
});
