/** Configs with tags of the plugins that come along. */
import { t } from "../../i18n/t.js";

/** @type {import("../templates.js").Template[]} */
export const special = [
  {
    id: "satellite",
    title: t("Areas on satellite imagery"),
    icon: "plugin",
    text: t("Outlines with their area in hectares, by a plugin."),
    config: `<View>
  <SatellitePolygon name="area" toName="image">
    <Label value="Field" background="#8a6d1d"/>
    <Label value="Forest" background="#1e6b3c"/>
    <Label value="Built-up" background="#b8452c"/>
  </SatellitePolygon>
  <Image name="image" value="$image"/>
</View>
`,
  },
  {
    id: "point-cloud",
    title: t("Cuboids in point clouds"),
    icon: "plugin",
    text: t("Boxes around what a laser scanner saw, by a plugin."),
    config: `<View>
  <PointCloudCuboid name="box" toName="cloud">
    <Label value="Car" background="#e0765c"/>
    <Label value="Person" background="#8fb1f5"/>
    <Label value="Cyclist" background="#7fcb98"/>
  </PointCloudCuboid>
  <PointCloud name="cloud" value="$cloud" cameras="$cameras"/>
</View>
`,
  },
  {
    id: "scans",
    title: t("Findings in medical scans"),
    icon: "plugin",
    text: t("Boxes, lengths in millimeters and a verdict, by a plugin."),
    config: `<View>
  <RectangleLabels name="box" toName="scan">
    <Label value="Lesion" background="#b8452c"/>
  </RectangleLabels>
  <DicomMeasure name="length" toName="scan">
    <Label value="Diameter" background="#2f5bb7"/>
  </DicomMeasure>
  <DicomViewer name="scan" value="$dicom"/>
  <Choices name="finding" toName="scan">
    <Choice value="Normal"/>
    <Choice value="Suspicious"/>
  </Choices>
</View>
`,
  },
];
