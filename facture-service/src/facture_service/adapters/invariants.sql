-- Invariants of facture_db. Any row is a fault. Runs unchanged on SQLite, MySQL and MariaDB:
--   sqlite3 var/db/facture.db < invariants.sql        mysql facture_db < invariants.sql
--   python -m facture_service.controle                 (same queries, exit status 1 on a fault)

-- solde: total_ttc = avoirs + regle + ecarts + reste for every issued document, reste never negative
SELECT 'solde' AS controle, id AS objet, total_ttc_centimes AS attendu,
       avoirs_centimes + regle_centimes + ecarts_centimes + reste_centimes AS constate
FROM facture
WHERE statut = 'EMISE'
  AND (reste_centimes < 0
       OR total_ttc_centimes <> avoirs_centimes + regle_centimes + ecarts_centimes + reste_centimes);

-- journal: the balances are the sums of their movements
SELECT 'journal' AS controle, f.id AS objet,
       f.avoirs_centimes + f.regle_centimes + f.ecarts_centimes AS attendu,
       COALESCE(SUM(CASE WHEN e.poste <> 'CREDITES' THEN e.montant_centimes ELSE 0 END), 0) AS constate
FROM facture f
LEFT JOIN evenement e ON e.facture_id = f.id AND e.poste IS NOT NULL
GROUP BY f.id, f.avoirs_centimes, f.regle_centimes, f.ecarts_centimes, f.credites_centimes
HAVING f.avoirs_centimes <> COALESCE(SUM(CASE WHEN e.poste = 'AVOIRS' THEN e.montant_centimes ELSE 0 END), 0)
    OR f.regle_centimes <> COALESCE(SUM(CASE WHEN e.poste = 'REGLE' THEN e.montant_centimes ELSE 0 END), 0)
    OR f.ecarts_centimes <> COALESCE(SUM(CASE WHEN e.poste = 'ECARTS' THEN e.montant_centimes ELSE 0 END), 0)
    OR f.credites_centimes <> COALESCE(SUM(CASE WHEN e.poste = 'CREDITES' THEN e.montant_centimes ELSE 0 END), 0);

-- reglements: what is settled is the sum of the allocations
SELECT 'reglements' AS controle, f.id AS objet, f.regle_centimes AS attendu,
       COALESCE(SUM(r.affecte_centimes - r.annule_centimes), 0) AS constate
FROM facture f
LEFT JOIN reglement r ON r.facture_id = f.id
GROUP BY f.id, f.regle_centimes
HAVING f.regle_centimes <> COALESCE(SUM(r.affecte_centimes - r.annule_centimes), 0);

-- serie: no gap and no double, the counter is the last rank
SELECT 'serie' AS controle, s.nom AS objet, s.dernier_rang - s.premier_rang + 1 AS attendu,
       COUNT(DISTINCT f.rang) AS constate
FROM serie s
LEFT JOIN facture f ON f.serie = s.nom
GROUP BY s.nom, s.premier_rang, s.dernier_rang
HAVING COUNT(DISTINCT f.rang) <> s.dernier_rang - s.premier_rang + 1
    OR COUNT(f.rang) <> COUNT(DISTINCT f.rang)
    OR COALESCE(MIN(f.rang), s.premier_rang) <> s.premier_rang
    OR COALESCE(MAX(f.rang), s.dernier_rang) <> s.dernier_rang;

-- orphelins: every number of a series has its counter
SELECT 'orphelins' AS controle, f.numero AS objet, 1 AS attendu, 0 AS constate
FROM facture f
LEFT JOIN serie s ON s.nom = f.serie
WHERE f.serie IS NOT NULL AND s.nom IS NULL;

-- chronologie: issue dates never go backwards inside a series
SELECT 'chronologie' AS controle, f.numero AS objet, 0 AS attendu, 1 AS constate
FROM facture f
JOIN facture p ON p.serie = f.serie AND p.rang = f.rang - 1
WHERE f.date_emission < p.date_emission;

-- avoirs: never more credited than invoiced
SELECT 'avoirs' AS controle, f.id AS objet, f.credites_centimes AS attendu,
       COALESCE(SUM(a.total_ttc_centimes), 0) AS constate
FROM facture f
LEFT JOIN facture a ON a.facture_origine_id = f.id
GROUP BY f.id, f.credites_centimes, f.total_ttc_centimes
HAVING f.credites_centimes <> COALESCE(SUM(a.total_ttc_centimes), 0) OR f.credites_centimes > f.total_ttc_centimes;
