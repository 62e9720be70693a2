/** Configs that compare and judge. */
import { t } from "../../i18n/t.js";

/** @type {import("../templates.js").Template[]} */
export const judgements = [
  {
    id: "dialogue",
    title: t("Turns of a dialogue"),
    icon: "text",
    text: t("Mark what is meant, and by whom, in a conversation."),
    config: `<View>
  <ParagraphLabels name="intent" toName="dialogue">
    <Label value="Question" background="#2f5bb7"/>
    <Label value="Complaint" background="#b8452c"/>
    <Label value="Thanks" background="#1e6b3c"/>
  </ParagraphLabels>
  <Paragraphs name="dialogue" value="$dialogue" layout="dialogue" nameKey="author" textKey="text"/>
</View>
`,
  },
  {
    id: "better-answer",
    title: t("The better answer"),
    icon: "text",
    text: t("Compare two answers to the same question."),
    config: `<View>
  <Header value="Which answer is better?"/>
  <Text name="question" value="$question"/>
  <Text name="first" value="$answer1"/>
  <Text name="second" value="$answer2"/>
  <Pairwise name="better" toName="first,second"/>
  <TextArea name="why" toName="question" rows="2" maxSubmissions="1" placeholder="Why?"/>
</View>
`,
  },
  {
    id: "ranking",
    title: t("Put answers in order"),
    icon: "text",
    text: t("Drag answers from the best to the worst."),
    config: `<View>
  <Header value="Put the best on top"/>
  <Text name="question" value="$question"/>
  <List name="answers" value="$answers" title="Answers"/>
  <Ranker name="order" toName="answers"/>
</View>
`,
  },
  {
    id: "search-results",
    title: t("Results of a search"),
    icon: "text",
    text: t("Rate how well a result answers what was looked for."),
    config: `<View>
  <Header value="Looked for"/>
  <Text name="query" value="$query"/>
  <Header value="Found"/>
  <Text name="result" value="$result"/>
  <Rating name="relevance" toName="result" maxRating="5" required="true"/>
  <Choices name="problem" toName="result" choice="multiple">
    <Choice value="Out of date"/>
    <Choice value="Wrong language"/>
    <Choice value="Harmful"/>
  </Choices>
</View>
`,
  },
];
