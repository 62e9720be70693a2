import { formatNumber, plural } from "../widgets/format.js";

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
      ? `${columns.slice(0, shownFields).join(", ")} and ${columns.length - shownFields} more`
      : columns.join(", ");
  const parts = [
    formats.length > 0 && `Found: ${formats.join(", ")}.`,
    fields !== "" && `Fields: ${fields}.`,
    Boolean(answer.annotation_count) && `${plural(answer.annotation_count ?? 0, "annotation")}.`,
    Boolean(answer.prediction_count) && `${plural(answer.prediction_count ?? 0, "prediction")}.`,
  ];
  return parts.filter(Boolean).join(" ");
}
