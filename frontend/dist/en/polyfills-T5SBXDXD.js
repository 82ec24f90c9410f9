(globalThis.$localize??={}).locale="en";
/**i18n:7dfc78110568e747*/
