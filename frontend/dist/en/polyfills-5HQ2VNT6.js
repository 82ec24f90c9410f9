(globalThis.$localize??={}).locale="en";
/**i18n:801f7581ce22d097*/
