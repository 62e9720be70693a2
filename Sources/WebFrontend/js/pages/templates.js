/**
 * Ready-made labeling configs to start from.
 * @typedef {object} Template
 * @property {string} id
 * @property {string} title
 * @property {string} text What it is good for.
 * @property {string} icon
 * @property {string} config
 */

/** @type {Template[]} */
export const templates = [
  {
    id: "boxes",
    title: "Boxes on images",
    icon: "image",
    text: "Mark each thing with a rectangle.",
    config: `<View>
  <RectangleLabels name="box" toName="image">
    <Label value="Vehicle" background="#2f5bb7"/>
    <Label value="Person" background="#b8452c"/>
  </RectangleLabels>
  <Image name="image" value="$image"/>
</View>
`,
  },
  {
    id: "outlines",
    title: "Outlines on images",
    icon: "image",
    text: "Follow the shape of each thing.",
    config: `<View>
  <PolygonLabels name="outline" toName="image">
    <Label value="Building" background="#b8452c"/>
    <Label value="Water" background="#2f5bb7"/>
    <Label value="Forest" background="#1e6b3c"/>
  </PolygonLabels>
  <Image name="image" value="$image"/>
</View>
`,
  },
  {
    id: "satellite",
    title: "Areas on satellite imagery",
    icon: "plugin",
    text: "Outlines with their area in hectares, by a plugin.",
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
    title: "Cuboids in point clouds",
    icon: "plugin",
    text: "Boxes around what a laser scanner saw, by a plugin.",
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
    title: "Findings in medical scans",
    icon: "plugin",
    text: "Boxes, lengths in millimeters and a verdict, by a plugin.",
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
  {
    id: "scene",
    title: "Image classes",
    icon: "image",
    text: "Choose one class for each image.",
    config: `<View>
  <Image name="image" value="$image"/>
  <Choices name="scene" toName="image" choice="single">
    <Choice value="Indoors"/>
    <Choice value="Street"/>
    <Choice value="Nature"/>
  </Choices>
</View>
`,
  },
  {
    id: "boxes-and-quality",
    title: "Boxes and quality",
    icon: "image",
    text: "Rectangles, and a verdict on the whole image.",
    config: `<View>
  <RectangleLabels name="damage" toName="image">
    <Label value="Crack" background="#b8452c"/>
    <Label value="Rust" background="#8a5a00"/>
  </RectangleLabels>
  <Image name="image" value="$image"/>
  <Choices name="quality" toName="image" choice="multiple">
    <Choice value="Blurred"/>
    <Choice value="Too dark"/>
    <Choice value="Obstructed"/>
  </Choices>
</View>
`,
  },
  {
    id: "entities",
    title: "Names in text",
    icon: "text",
    text: "Mark people, places and dates in a text.",
    config: `<View>
  <Labels name="entity" toName="text">
    <Label value="Person" background="#b8452c"/>
    <Label value="Place" background="#1e6b3c"/>
    <Label value="Date" background="#2f5bb7"/>
  </Labels>
  <Text name="text" value="$text"/>
</View>
`,
  },
  {
    id: "topics",
    title: "Text topics",
    icon: "text",
    text: "Say what each text is about.",
    config: `<View>
  <Text name="text" value="$text"/>
  <Choices name="topic" toName="text" choice="multiple">
    <Choice value="Delivery"/>
    <Choice value="Price"/>
    <Choice value="Quality"/>
  </Choices>
</View>
`,
  },
  {
    id: "tone",
    title: "Tone, with evidence",
    icon: "text",
    text: "Judge a text, and mark the words that show it.",
    config: `<View>
  <Header value="How does the writer feel?"/>
  <Choices name="tone" toName="text" choice="single">
    <Choice value="Pleased"/>
    <Choice value="Neutral"/>
    <Choice value="Annoyed"/>
  </Choices>
  <Labels name="evidence" toName="text">
    <Label value="Praise" background="#1e6b3c"/>
    <Label value="Complaint" background="#b8452c"/>
  </Labels>
  <Text name="text" value="$text"/>
</View>
`,
  },
];
