(globalThis.$localize??={}).locale="en";
/**i18n:014ac3753440e98d*/
