(globalThis.$localize??={}).locale="en";
/**i18n:934d4bd0e100d4db*/
