/** `<PointCloudCuboid>`: cuboids in a point cloud. The cloud's surface draws and changes them. */
import { moved, readCuboid } from "./cuboid.js";
import { messages } from "./messages.js";

/** @typedef {import("./cuboid.js").Cuboid} Cuboid */

/** @type {import("postil-tag").TagDefinition<Cuboid>} */
export default {
  apiVersion: 1,
  tag: "PointCloudCuboid",
  kind: "control",
  targets: ["PointCloud"],
  labels: true,

  region: {
    type: "pointcloudcuboid",
    labelsKey: "labels",
    // A copy lies beside what was copied: a percent of the cloud means nothing here, so meters.
    translate: (cuboid, [dx, dy]) => moved(cuboid, [dx, dy, 0]),
    validate: ({ size }) =>
      size.every((one) => one > 0) ? [] : ["This cuboid has no length, width or height."],
    summary: ({ size }, _t, format) => `${size.map((one) => format.number(one, 2)).join(" × ")} m`,
    serialize: ({ center, size, rotation }) => ({
      value: { pointcloudcuboid: { center, size, rotation } },
    }),
    parse: ({ value }) => readCuboid(value?.pointcloudcuboid),
  },

  tools: [
    {
      id: "draw",
      title: "Cuboid",
      key: "C",
      icon: "M4 8l8-4 8 4v8l-8 4-8-4z M4 8l8 4 8-4 M12 12v8",
      // The surface draws: it knows what a place in a view means.
      create: () => ({}),
    },
  ],

  i18n: messages,
};
