(globalThis.$localize??={}).locale="en";
/**i18n:4fba4155472b4c76*/
