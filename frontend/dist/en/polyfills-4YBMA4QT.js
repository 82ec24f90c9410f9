(globalThis.$localize??={}).locale="en";
/**i18n:5472783f8e49e7f2*/
