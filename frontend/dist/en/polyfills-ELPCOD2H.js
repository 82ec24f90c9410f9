(globalThis.$localize??={}).locale="en";
/**i18n:553cb81b77fb6033*/
