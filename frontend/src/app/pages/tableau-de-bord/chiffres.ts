/** What the dashboard shows, as charts want it, each value with the list that explains it. */
import { BalanceVue, GetPaiementsSeriesResponse, SimulationVue, TableauDeviseVue, TableauVue } from '../../api';
import { parametresDeTranche, TRANCHES } from '../../kernel/balance';
import { formaterDate, nomDuMois, plusJours } from '../../kernel/format/date';
import { Lien, Serie } from '../../kernel/graphiques';

/** Categories and series of one chart. */
export interface Donnees {
  readonly categories: readonly string[];
  readonly series: readonly Serie[];
}

/** One month of what came in. */
export type Mois = GetPaiementsSeriesResponse['series'][number]['points'][number];

/** The figures of a currency, `undefined` where nothing was issued in it by the day. */
export function chiffresDe(tableau: TableauVue | undefined, devise: string): TableauDeviseVue | undefined {
  return tableau?.devises.find((un) => un.devise === devise);
}

/** The months of a currency, oldest first; the last one ends on the day. */
export function moisDe(series: GetPaiementsSeriesResponse | undefined, devise: string): readonly Mois[] {
  return series?.series.find((serie) => serie.devise === devise)?.points ?? [];
}

/** The share of `partie` in `tout`, in whole percent; 0 of nothing. */
export function part(partie: number, tout: number): number {
  return tout ? Math.round((partie / tout) * 100) : 0;
}

/** By how many percent `nouveau` differs from `ancien`, `undefined` when there is nothing to compare with. */
export function evolution(nouveau: number, ancien: number): number | undefined {
  return ancien > 0 ? Math.round(((nouveau - ancien) / ancien) * 100) : undefined;
}

/** The aged balance of a day in one currency. */
export function parAge(balance: BalanceVue, devise: string): Donnees {
  const total = balance.totaux.find((un) => un.devise === devise);
  return {
    categories: TRANCHES.map(({ libelle }) => libelle),
    series: [
      {
        nom: $localize`Dû`,
        valeurs: TRANCHES.map(({ champ }) => (total?.[champ as keyof typeof total] as number | undefined) ?? 0),
        liens: TRANCHES.map((tranche) => factures({ ...parametresDeTranche(balance.au, tranche), devise })),
      },
    ],
  };
}

/** What is open by the week in which it falls due, what is late before and what comes later behind. */
export function parSemaine(chiffres: TableauDeviseVue, au: string): Donnees {
  const { en_retard, semaines, au_dela } = chiffres.encaissements_attendus;
  const commun = { ouverte_au: au, devise: chiffres.devise };
  const derniere = semaines.at(-1)?.au ?? au;
  return {
    categories: [$localize`En retard`, ...semaines.map(({ du }) => formaterDate(du).slice(0, 5)), $localize`Au-delà`],
    series: [
      {
        nom: $localize`Attendu`,
        valeurs: [en_retard, ...semaines, au_dela].map(({ reste_centimes }) => reste_centimes),
        liens: [
          factures({ ...commun, onglet: 'en-retard' }),
          ...semaines.map((semaine) => factures({ ...commun, echue_du: semaine.du, echue_au: semaine.au })),
          factures({ ...commun, echue_du: plusJours(derniere, 1) }),
        ],
      },
    ],
  };
}

/** Invoiced less credit notes beside what came in, month by month; a side whose service is out is left out. */
export function parMois(chiffres: TableauDeviseVue | undefined, mois: readonly Mois[], devise: string): Donnees {
  const factures_ = chiffres?.facture_par_mois ?? [];
  const periodes = factures_.length ? factures_ : mois;
  const recus = new Map(mois.map((un) => [un.mois, un]));
  return {
    categories: periodes.map(({ du }) => nomDuMois(du)),
    series: [
      ...(factures_.length
        ? [
            {
              nom: $localize`Facturé`,
              valeurs: factures_.map(({ net_centimes }) => net_centimes),
              liens: factures_.map(({ du, au }) => factures({ emise_du: du, emise_au: au, devise })),
            },
          ]
        : []),
      ...(mois.length
        ? [
            {
              nom: $localize`Encaissé`,
              valeurs: periodes.map((periode) => recus.get(periode.mois)?.encaisse_centimes ?? 0),
              liens: periodes.map(({ du, au }) => paiements({ recu_du: du, recu_au: au, devise })),
            },
          ]
        : []),
    ],
  };
}

/** The largest debts; each leads to the client's open invoices. */
export function parDebiteur(chiffres: TableauDeviseVue, au: string): Donnees {
  const { principaux_debiteurs: debiteurs, devise } = chiffres;
  return {
    categories: debiteurs.map(({ nom }) => nom),
    series: [
      {
        nom: $localize`Dû`,
        valeurs: debiteurs.map(({ encours_centimes }) => encours_centimes),
        liens: debiteurs.map(({ client_id }) => factures({ ouverte_au: au, client_id, devise })),
      },
    ],
  };
}

/** What was open at the ends of months, due and late on each other. */
export function encoursParMois(tableaux: readonly TableauVue[], devise: string): Donnees {
  const sommes = tableaux.map((tableau) => ({ au: tableau.au, chiffres: chiffresDe(tableau, devise) }));
  const serie = (nom: string, valeur: (chiffres: TableauDeviseVue) => number, autres: Record<string, string>): Serie => ({
    nom,
    valeurs: sommes.map(({ chiffres }) => (chiffres ? valeur(chiffres) : 0)),
    liens: sommes.map(({ au }) => factures({ ouverte_au: au, devise, ...autres })),
  });
  return {
    categories: sommes.map(({ au }) => nomDuMois(au)),
    series: [
      serie($localize`Non échu`, ({ encours_centimes, en_retard_centimes }) => encours_centimes - en_retard_centimes, {
        onglet: 'a-echoir',
      }),
      serie($localize`En retard`, ({ en_retard_centimes }) => en_retard_centimes, { onglet: 'en-retard' }),
    ],
  };
}

/** Days that sales stay unpaid, at the ends of months, and what they would be if nothing were late. */
export function dsoParMois(tableaux: readonly TableauVue[], devise: string): Donnees {
  const connus = tableaux.map((tableau) => ({ au: tableau.au, chiffres: chiffresDe(tableau, devise) }));
  const serie = (nom: string, champ: 'dso_jours' | 'dso_optimal_jours'): Serie => ({
    nom,
    valeurs: connus.map(({ chiffres }) => Number(chiffres?.[champ] ?? 0)),
    liens: connus.map(({ au }) => ({ chemin: '/balance-agee', parametres: { au } })),
  });
  return {
    categories: connus.map(({ au }) => nomDuMois(au)),
    series: [serie($localize`DSO`, 'dso_jours'), serie($localize`Au mieux, sans retard`, 'dso_optimal_jours')],
  };
}

/** What a run of reminders would send: how many clients, how much per currency. */
export function aRelancer({ relances }: SimulationVue, devise: string): { readonly clients: number; readonly montant: number } {
  const siennes = relances.filter((relance) => relance.devise === devise);
  return { clients: siennes.length, montant: siennes.reduce((total, { total_du_centimes }) => total + total_du_centimes, 0) };
}

function factures(parametres: Record<string, string>): Lien {
  return { chemin: '/factures', parametres };
}

function paiements(parametres: Record<string, string>): Lien {
  return { chemin: '/paiements', parametres };
}
