/** Numbers, dates and amounts in the page's language, which is known before this module loads. */
import { currentLocale } from "../i18n/t.js";

const locale = currentLocale();
const integers = new Intl.NumberFormat(locale);
const dates = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
const moments = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });

/** @param {number | null | undefined} value */
export function formatNumber(value) {
  return integers.format(value ?? 0);
}

/**
 * A model's score, with so many digits.
 * @param {number} score @param {number} digits
 */
export const formatScore = (score, digits) =>
  score.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** @param {string | null | undefined} iso "" for no date. */
export function formatDate(iso) {
  return iso ? dates.format(new Date(iso)) : "";
}

/** @param {string | null | undefined} iso "" for no moment. */
export function formatMoment(iso) {
  return iso ? moments.format(new Date(iso)) : "";
}

/** @param {number} bytes */
export function formatBytes(bytes) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const maximumFractionDigits = unit === 0 ? 0 : 1;
  return `${value.toLocaleString(locale, { maximumFractionDigits })} ${units[unit]}`;
}
