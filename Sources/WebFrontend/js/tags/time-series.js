/** `<TimeSeries>` with its `<Channel>` and `<MultiChannel>` children. */
import { ownAddress } from "../canvas/load-text.js";
import { t } from "../i18n/t.js";
import { paletteColor } from "../model/colors.js";
import { numberAttribute, textOf } from "./answer-field.js";

/** @typedef {import("postil-tag").ConfigChild} ConfigChild */
/** @typedef {import("../canvas/series-surface.js").Plot} Plot */
/** @typedef {import("../canvas/series-painter.js").Curve} Curve */

/**
 * @param {ConfigChild} child @param {string} tag
 */
const isTag = (child, tag) => child.tag.toLowerCase() === tag;

/**
 * @param {readonly ConfigChild[]} children @param {boolean} isFixed
 * @returns {{ plots: Plot[], columns: string[] }}
 */
function plotsOf(children, isFixed) {
  /** @type {string[]} */
  const columns = [];
  /** @param {ConfigChild} channel @returns {Curve} */
  const curveOf = ({ attrs }) => {
    const column = textOf(attrs, "column");
    columns.push(column);
    return {
      index: columns.length - 1,
      color: textOf(attrs, "strokecolor") || paletteColor(columns.length),
      legend: textOf(attrs, "legend") || column,
      units: textOf(attrs, "units"),
      format: textOf(attrs, "displayformat") || ".1f",
      strokeWidth: Math.max(1, numberAttribute(attrs.strokewidth, 1)),
      markerSize: numberAttribute(attrs.markersize, 0),
    };
  };
  /** @param {ConfigChild} child @param {readonly ConfigChild[]} channels @returns {Plot} */
  const plotOf = ({ attrs }, channels) => ({
    curves: channels.map(curveOf),
    height: Math.max(60, numberAttribute(attrs.height, 200)),
    isFixed: attrs.fixedscale === undefined ? isFixed : attrs.fixedscale === true,
    hasAxis: attrs.showyaxis !== false && attrs.showaxis !== false,
  });
  const plots = children.flatMap((child) => {
    if (isTag(child, "channel")) return [plotOf(child, [child])];
    const inner = child.children.filter((one) => isTag(one, "channel"));
    return isTag(child, "multichannel") && inner.length > 0 ? [plotOf(child, inner)] : [];
  });
  return { plots, columns };
}

/**
 * @param {string} text
 */
const separatorOf = (text) => (text === "\\t" || text === "tab" ? "\t" : text || ",");

/** @type {import("postil-tag").TagDefinition} */
export const timeSeriesTag = {
  apiVersion: 1,
  tag: "TimeSeries",
  kind: "object",
  mount(element, context) {
    const { attrs, children } = context;
    const { plots, columns } = plotsOf(children, attrs.fixedscale === true);
    const overview = textOf(attrs, "overviewchannels")
      .split(",")
      .map((name) => columns.indexOf(name.trim()));
    context.ui.surface(element, async (box, host) => {
      if (plots.length === 0) throw new Error(t("The config names no channels of this series."));
      const value = context.value();
      // Data in place of an address is what it is, whatever the config says.
      const isInline = value !== null && typeof value === "object";
      const text = isInline ? "" : String(value ?? "");
      if (!isInline && text === "") throw new Error(t("This task names no series."));
      const isAddress = !isInline && textOf(attrs, "valuetype") !== "json";
      const url = isAddress ? ownAddress(text).href : null;
      const { SeriesSurface } = await import("../canvas/series-surface.js");
      return SeriesSurface.make(box, host, {
        question: {
          url,
          text: isInline || isAddress ? null : text,
          columns: isInline ? value : null,
          separator: separatorOf(textOf(attrs, "sep")),
          timeColumn: textOf(attrs, "timecolumn"),
          timeFormat: textOf(attrs, "timeformat"),
          channels: columns,
        },
        plots,
        overview,
        timeFormat: textOf(attrs, "timeformat"),
        displayFormat: textOf(attrs, "timedisplayformat"),
        sync: textOf(attrs, "sync"),
      });
    });
  },
};
