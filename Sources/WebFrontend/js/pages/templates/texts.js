/** Configs for texts. */
import { t } from "../../i18n/t.js";

/** @type {import("../templates.js").Template[]} */
export const texts = [
  {
    id: "entities",
    title: t("Names in text"),
    icon: "text",
    text: t("Mark people, places and dates in a text."),
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
    title: t("Text topics"),
    icon: "text",
    text: t("Say what each text is about."),
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
    title: t("Tone, with evidence"),
    icon: "text",
    text: t("Judge a text, and mark the words that show it."),
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
  {
    id: "relations",
    title: t("Names and their relations"),
    icon: "text",
    text: t("Mark names, then say how they belong together."),
    config: `<View>
  <Labels name="entity" toName="text">
    <Label value="Person" background="#b8452c"/>
    <Label value="Organization" background="#2f5bb7"/>
  </Labels>
  <Relations>
    <Relation value="works for"/>
    <Relation value="founded"/>
  </Relations>
  <Text name="text" value="$text"/>
</View>
`,
  },
  {
    id: "subjects",
    title: t("A tree of subjects"),
    icon: "text",
    text: t("Sort texts into subjects and what lies below them."),
    config: `<View>
  <Text name="text" value="$text"/>
  <Taxonomy name="subject" toName="text">
    <Choice value="Nature">
      <Choice value="Animals"/>
      <Choice value="Plants"/>
    </Choice>
    <Choice value="Technology">
      <Choice value="Vehicles"/>
      <Choice value="Computers"/>
    </Choice>
  </Taxonomy>
</View>
`,
  },
  {
    id: "translation",
    title: t("Translation"),
    icon: "text",
    text: t("Write each text in another language, and rate how sure you are."),
    config: `<View>
  <Header value="Translate this text"/>
  <Text name="text" value="$text"/>
  <TextArea name="translation" toName="text" rows="4" maxSubmissions="1" required="true"/>
  <Rating name="certainty" toName="text" maxRating="5"/>
</View>
`,
  },
  {
    id: "summary",
    title: t("Summary"),
    icon: "text",
    text: t("Sum up a long text in your own words."),
    config: `<View>
  <Header value="Sum this up in one or two sentences"/>
  <Text name="text" value="$text"/>
  <TextArea name="summary" toName="text" rows="3" maxSubmissions="1" required="true"/>
</View>
`,
  },
];
