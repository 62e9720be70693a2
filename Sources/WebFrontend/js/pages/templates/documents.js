/** Configs for pages and documents. */
import { t } from "../../i18n/t.js";

/** @type {import("../templates.js").Template[]} */
export const documents = [
  {
    id: "web-pages",
    title: t("Parts of web pages"),
    icon: "text",
    text: t("Mark passages of a page as it looks."),
    config: `<View>
  <HyperTextLabels name="part" toName="page">
    <Label value="Title" background="#b8452c"/>
    <Label value="Price" background="#1e6b3c"/>
    <Label value="Advertisement" background="#8a5a00"/>
  </HyperTextLabels>
  <HyperText name="page" value="$html"/>
</View>
`,
  },
  {
    id: "scanned-text",
    title: t("Read scanned pages"),
    icon: "image",
    text: t("Box each line of an image and type what it says."),
    config: `<View>
  <RectangleLabels name="line" toName="image">
    <Label value="Printed" background="#2f5bb7"/>
    <Label value="Handwritten" background="#b8452c"/>
  </RectangleLabels>
  <Image name="image" value="$image" zoom="true"/>
  <TextArea name="transcription" toName="image" perRegion="true" rows="1" maxSubmissions="1"/>
</View>
`,
  },
  {
    id: "pdf-kind",
    title: t("Kinds of PDF"),
    icon: "text",
    text: t("Say what each document is, and when it was written."),
    config: `<View>
  <Pdf name="pdf" value="$pdf"/>
  <Choices name="kind" toName="pdf" choice="single">
    <Choice value="Invoice"/>
    <Choice value="Letter"/>
    <Choice value="Report"/>
  </Choices>
  <DateTime name="written" toName="pdf" only="date"/>
</View>
`,
  },
];
