// What `npm start` does not make itself: a running estate has it. RESSORT_GATEWAY and RESSORT_FRONT say where, if not on its own ports.
const gateway = process.env.RESSORT_GATEWAY ?? 'http://127.0.0.1:8080';
const front = process.env.RESSORT_FRONT ?? 'http://127.0.0.1:4200';

export default {
  '/api': { target: gateway },
  '/exploitation': { target: gateway },
  '/version.json': { target: front },
};
