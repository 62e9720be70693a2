/** Configs for sound, film and series. */
import { t } from "../../i18n/t.js";

/** @type {import("../templates.js").Template[]} */
export const recordings = [
  {
    id: "speakers",
    title: t("Who speaks when"),
    icon: "play",
    text: t("Mark the parts of a recording by speaker, and type what is said."),
    config: `<View>
  <Labels name="speaker" toName="audio">
    <Label value="Speaker 1" background="#2f5bb7"/>
    <Label value="Speaker 2" background="#b8452c"/>
    <Label value="Noise" background="#8a5a00"/>
  </Labels>
  <Audio name="audio" value="$audio"/>
  <TextArea name="words" toName="audio" perRegion="true" rows="2" maxSubmissions="1"/>
</View>
`,
  },
  {
    id: "sounds",
    title: t("Kinds of sounds"),
    icon: "play",
    text: t("Say what is heard in each recording."),
    config: `<View>
  <Audio name="audio" value="$audio"/>
  <Choices name="sound" toName="audio" choice="multiple">
    <Choice value="Speech"/>
    <Choice value="Music"/>
    <Choice value="Traffic"/>
    <Choice value="Silence"/>
  </Choices>
</View>
`,
  },
  {
    id: "tracks",
    title: t("Follow things through films"),
    icon: "play",
    text: t("Boxes that move with what they mark, frame by frame."),
    config: `<View>
  <Labels name="thing" toName="video">
    <Label value="Person" background="#b8452c"/>
    <Label value="Vehicle" background="#2f5bb7"/>
  </Labels>
  <Video name="video" value="$video" framerate="25"/>
  <VideoRectangle name="box" toName="video"/>
</View>
`,
  },
  {
    id: "scenes",
    title: t("Scenes of films"),
    icon: "play",
    text: t("Mark from when to when something happens."),
    config: `<View>
  <TimelineLabels name="scene" toName="video">
    <Label value="Action" background="#b8452c"/>
    <Label value="Dialogue" background="#2f5bb7"/>
    <Label value="Titles" background="#8a5a00"/>
  </TimelineLabels>
  <Video name="video" value="$video" framerate="25"/>
</View>
`,
  },
  {
    id: "series",
    title: t("Events in time series"),
    icon: "play",
    text: t("Mark what stands out in the readings of sensors."),
    config: `<View>
  <TimeSeriesLabels name="event" toName="series">
    <Label value="Peak" background="#b8452c"/>
    <Label value="Failure" background="#8a5a00"/>
  </TimeSeriesLabels>
  <TimeSeries name="series" value="$series" timeColumn="time">
    <Channel column="temperature" displayName="Temperature"/>
    <Channel column="pressure" displayName="Pressure"/>
  </TimeSeries>
</View>
`,
  },
];
