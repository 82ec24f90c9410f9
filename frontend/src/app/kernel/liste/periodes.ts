/** Periods that people ask for by name, around a day. */
import { aujourdHui, finDuMois, premierDuMois } from '../format/date';

/** From one ISO day to another, both included. */
export interface Periode {
  readonly libelle: string;
  readonly du: string;
  readonly au: string;
}

/** This month, the one before, this quarter, this year, of the calendar. */
export function periodes(jour = aujourdHui()): readonly Periode[] {
  const mois = Number(jour.slice(5, 7)) - 1;
  const depuis = (debut: number, fin: number): Pick<Periode, 'du' | 'au'> => ({ du: premierDuMois(jour, debut), au: finDuMois(jour, fin) });
  return [
    { libelle: $localize`Ce mois`, ...depuis(0, 0) },
    { libelle: $localize`Mois dernier`, ...depuis(-1, -1) },
    { libelle: $localize`Ce trimestre`, ...depuis(-(mois % 3), 2 - (mois % 3)) },
    { libelle: $localize`Cette année`, ...depuis(-mois, 11 - mois) },
  ];
}
