/** Configs for images. */
import { t } from "../../i18n/t.js";

/** @type {import("../templates.js").Template[]} */
export const images = [
  {
    id: "boxes",
    title: t("Boxes on images"),
    icon: "image",
    text: t("Mark each thing with a rectangle."),
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
    title: t("Outlines on images"),
    icon: "image",
    text: t("Follow the shape of each thing."),
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
    id: "masks",
    title: t("Masks on images"),
    icon: "image",
    text: t("Paint what belongs to each thing, to the pixel."),
    config: `<View>
  <BrushLabels name="mask" toName="image">
    <Label value="Road" background="#6b5b95"/>
    <Label value="Sky" background="#2f5bb7"/>
    <Label value="Plants" background="#1e6b3c"/>
  </BrushLabels>
  <Image name="image" value="$image" zoom="true"/>
</View>
`,
  },
  {
    id: "key-points",
    title: t("Key points"),
    icon: "image",
    text: t("Set named points, such as joints or corners."),
    config: `<View>
  <KeyPointLabels name="point" toName="image">
    <Label value="Nose" background="#b8452c"/>
    <Label value="Left eye" background="#2f5bb7"/>
    <Label value="Right eye" background="#1e6b3c"/>
  </KeyPointLabels>
  <Image name="image" value="$image" zoom="true"/>
</View>
`,
  },
  {
    id: "round-things",
    title: t("Round things"),
    icon: "image",
    text: t("Ellipses around cells, fruit or craters, and their number."),
    config: `<View>
  <EllipseLabels name="cell" toName="image">
    <Label value="Living" background="#1e6b3c"/>
    <Label value="Dead" background="#b8452c"/>
  </EllipseLabels>
  <Image name="image" value="$image" zoom="true"/>
  <Header value="How many are cut off by the edge?"/>
  <Number name="at_edge" toName="image" min="0" step="1"/>
</View>
`,
  },
  {
    id: "scene",
    title: t("Image classes"),
    icon: "image",
    text: t("Choose one class for each image."),
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
    title: t("Boxes and quality"),
    icon: "image",
    text: t("Rectangles, and a verdict on the whole image."),
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
    id: "attributes",
    title: t("Boxes with attributes"),
    icon: "image",
    text: t("Say more about each box: its color, its kind."),
    config: `<View>
  <RectangleLabels name="box" toName="image">
    <Label value="Car" background="#2f5bb7"/>
    <Label value="Truck" background="#8a5a00"/>
  </RectangleLabels>
  <Image name="image" value="$image"/>
  <Choices name="color" toName="image" perRegion="true" choice="single">
    <Choice value="Dark"/>
    <Choice value="Light"/>
    <Choice value="Colored"/>
  </Choices>
  <Choices name="hidden" toName="image" perRegion="true" choice="single">
    <Choice value="Whole"/>
    <Choice value="Partly hidden"/>
  </Choices>
</View>
`,
  },
  {
    id: "captions",
    title: t("Captions"),
    icon: "image",
    text: t("Describe each image in a sentence."),
    config: `<View>
  <Image name="image" value="$image"/>
  <Header value="What does the image show?"/>
  <TextArea name="caption" toName="image" rows="3" maxSubmissions="1" required="true"/>
</View>
`,
  },
];
