import { EcarteeVue, NotificationJson, PostRelancesSimulationResponse, RelanceSimulee, RelanceVue } from '../../../api';
import { facture, paiement } from '../exemples';
import { aVenir, chronologie } from './chronologie';
import { prochaineAction } from './prochaine';

const relance = {
  id: 'r1',
  niveau: 2,
  factures: [{}, {}],
  total_du_centimes: 12_345,
  devise: 'EUR',
  etat: 'ENVOYEE',
  etat_le: '2026-11-10T23:30:00Z',
  creee_le: '2026-11-10T08:00:00Z',
  notification_id: 'n1',
  motif: null,
} as RelanceVue;
const message = (id: string, champs: Partial<NotificationJson> = {}) =>
  ({
    id,
    type: 'FactureAEnvoyer',
    sujet: 'Votre facture',
    etat: 'ENVOYEE',
    envoyee_le: null,
    cree_le: '2026-11-01T08:00:00Z',
    motif: null,
    ...champs,
  }) as NotificationJson;

describe('chronologie', () => {
  it('tells everything newest first, in days of Paris, a reminder and its message once', () => {
    const moments = chronologie(
      [relance],
      [message('n1', { type: 'RelanceDemandee' }), message('n2')],
      [facture('1', { litige: { depuis: '2026-11-05', jusqu_au: null, motif: 'colis abîmé' } }), facture('2')],
      [paiement('p', { date_paiement: '2026-11-03', etat: 'REJETE' })],
    );
    expect(moments.map(({ jour, quoi }) => [jour, quoi.replace(/\u00a0/g, ' ')])).toEqual([
      ['2026-11-11', 'Relance de niveau 2'],
      ['2026-11-05', 'Litige sur FA-1'],
      ['2026-11-03', 'Paiement de 40,00 €'],
      ['2026-11-01', 'Envoi de facture'],
    ]);
    expect(moments[0]).toMatchObject({ notification: 'n1', etat: { mot: 'Envoyée' } });
    expect(moments[0]!.detail).toContain('123,45');
    expect(moments[1]).toMatchObject({ lien: '/factures/1', etat: { mot: 'En cours' } });
    expect(moments[2]!.etat?.mot).toBe('Rejeté par la banque');
  });

  it('puts what is to come before any day', () => {
    expect(aVenir({ quoi: 'Relance de niveau 1', pourquoi: 'demain' })).toMatchObject({ jour: '', etat: { mot: 'Prévu' } });
  });
});

describe('prochaineAction', () => {
  const simulation = (relances: Partial<RelanceSimulee>[], ecartees: Partial<EcarteeVue>[]) =>
    ({ relances, ecartees }) as unknown as PostRelancesSimulationResponse;

  it('names the level and the sums of the next reminder', () => {
    const prochaine = prochaineAction(
      simulation(
        [
          { client_id: 'a', niveau: 1, total_du_centimes: 100, devise: 'EUR' },
          { client_id: 'a', niveau: 2, total_du_centimes: 200, devise: 'GBP' },
          { client_id: 'b', niveau: 4, total_du_centimes: 1, devise: 'EUR' },
        ],
        [],
      ),
      'a',
    );
    expect(prochaine?.quoi).toBe('Relance de niveau 2');
    expect(prochaine?.pourquoi.replace(/[\u00a0\u202f]/g, ' ')).toContain('1,00 € + 2,00 £');
  });

  it('gives the reason that concerns the whole client first', () => {
    const ecartees: Partial<EcarteeVue>[] = [
      { client_id: 'a', motif: 'litige', detail: 'contestée' },
      { client_id: 'a', motif: 'client-suspendu', detail: 'suspendu' },
    ];
    expect(prochaineAction(simulation([], ecartees), 'a')).toEqual({ quoi: 'Pas de relance', pourquoi: 'suspendu' });
    expect(prochaineAction(simulation([], ecartees), 'b')).toBeUndefined();
  });
});
