declare module '*.csv' {
  const texte: string;
  export default texte;
}
