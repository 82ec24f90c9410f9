"use strict";
const services = [
  ["client-service", "Clients", "/api/clients?limit=1"],
  ["facture-service", "Factures", "/api/factures?limit=1"],
  ["paiement-service", "Paiements", "/api/paiements?limit=1"],
  ["notification-service", "Notifications", "/api/notifications?limit=1"],
  ["batch", "Relances", "/api/relances?limit=1"],
];
const nombre = new Intl.NumberFormat("fr-FR");

function montant(centimes, devise) {
  return new Intl.NumberFormat("fr-FR", { style: "currency", currency: devise }).format(centimes / 100);
}

async function lire(adresse) {
  const reponse = await fetch(adresse, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(8000) });
  if (!reponse.ok) throw new Error(`réponse ${reponse.status}`);
  return reponse.json();
}

async function montrerBalance() {
  const etat = document.getElementById("etat");
  try {
    const balance = await lire("/api/balance-agee");
    document.getElementById("au").textContent = "au " + new Date(balance.au + "T12:00:00").toLocaleDateString("fr-FR");
    const corps = document.querySelector("#balance tbody");
    corps.replaceChildren(...balance.totaux.map(ligne));
    document.getElementById("balance").hidden = balance.totaux.length === 0;
    etat.textContent = balance.totaux.length === 0 ? "Aucune créance ouverte." : "";
    document.getElementById("compte").textContent =
      balance.lignes.length ? `${nombre.format(balance.lignes.length)} clients débiteurs.` : "";
  } catch (erreur) {
    etat.textContent = `La balance ne peut pas être lue (${erreur.message}). Nouvel essai dans quelques secondes.`;
  }
}

function ligne(total) {
  const rangee = document.createElement("tr");
  const devise = document.createElement("th");
  devise.scope = "row";
  devise.textContent = total.devise;
  const tranches = ["non_echu", "de_1_a_30", "de_31_a_60", "de_61_a_90", "plus_de_90", "total"];
  rangee.append(devise, ...tranches.map((tranche) => {
    const cellule = document.createElement("td");
    cellule.textContent = montant(total[`${tranche}_centimes`], total.devise);
    return cellule;
  }));
  return rangee;
}

async function montrerServices() {
  const puces = await Promise.all(services.map(async ([nom, titre, adresse]) => {
    const puce = document.createElement("li");
    try {
      const page = await lire(adresse);
      puce.textContent = `${titre} : ${nombre.format(page.total)} (${nom})`;
    } catch (erreur) {
      puce.className = "absent";
      puce.textContent = `${titre} : ne répond pas, ${erreur.message} (${nom})`;
    }
    return puce;
  }));
  document.getElementById("services").replaceChildren(...puces);
}

for (const [identifiant, port] of [["lien-registre", 8761], ["lien-config", 8888], ["lien-sante", 8080]]) {
  const lien = document.getElementById(identifiant);
  const adresse = new URL(lien.href);
  adresse.hostname = location.hostname;
  adresse.port = String(port);
  lien.href = adresse.href;
}
async function rafraichir() {
  await Promise.all([montrerBalance(), montrerServices()]);
  setTimeout(rafraichir, 5000);
}
rafraichir();
