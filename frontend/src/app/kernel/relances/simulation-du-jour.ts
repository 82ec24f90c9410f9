import { inject, Injectable, Injector, runInInjectionContext } from '@angular/core';
import { PostRelancesSimulationResponse } from '../../api';
import { postRelancesSimulationRequest } from '../../api/@angular/common.gen';
import { lire, Lecture } from '../data';

/** After so long the simulation is asked for again. */
const FRAICHEUR_MS = 5 * 60_000;

/** What a run of reminders would do today, read once for the pages that tell of it: it looks at every late invoice. */
@Injectable({ providedIn: 'root' })
export class SimulationDuJour {
  private readonly injector = inject(Injector);
  private connue: Lecture<PostRelancesSimulationResponse> | undefined;

  /** The simulation, no older than five minutes once it has come. */
  lire(): Lecture<PostRelancesSimulationResponse> {
    const lecture = (this.connue ??= runInInjectionContext(this.injector, () => lire(() => postRelancesSimulationRequest({ body: {} }))));
    const lueLe = lecture.lueLe();
    if (lueLe && Date.now() - lueLe.getTime() > FRAICHEUR_MS) lecture.recharger();
    return lecture;
  }
}
