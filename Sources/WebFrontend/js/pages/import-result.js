import { t } from "../i18n/t.js";
import { formatNumber } from "../widgets/format.js";

const shownFields = 12;

/**
 * What an import found: files by kind, fields of the tasks, what came with them.
 * @param {import("../api/types.js").ImportAnswer} answer
 * @returns {string} A sentence.
 */
export function foundIn(answer) {
  const formats = Object.entries(answer.found_formats ?? {}).map(
    ([format, count]) => `${format} (${formatNumber(count)})`,
  );
  const columns = answer.data_columns ?? [];
  const fields =
    columns.length > shownFields
      ? t("{names} and {count} more", {
          names: columns.slice(0, shownFields).join(", "),
          count: columns.length - shownFields,
        })
      : columns.join(", ");
  const parts = [
    formats.length > 0 && t("Found: {formats}.", { formats: formats.join(", ") }),
    fields !== "" && t("Fields: {fields}.", { fields }),
    Boolean(answer.annotation_count) &&
      t("{count, plural, one {# annotation} other {# annotations}}.", {
        count: answer.annotation_count ?? 0,
      }),
    Boolean(answer.prediction_count) &&
      t("{count, plural, one {# prediction} other {# predictions}}.", {
        count: answer.prediction_count ?? 0,
      }),
  ];
  return parts.filter(Boolean).join(" ");
}
