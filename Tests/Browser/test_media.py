"""What plays or is measured over time: sound, film, series."""

import json
import re
import subprocess
import wave

import numpy
import pytest
from filling import regions
from media import make_media
from playwright.sync_api import expect
from test_documents import drawn, open_task


@pytest.fixture(scope="module")
def urls(media_root):
    return make_media(media_root)


def stored(admin, page, task):
    with page.expect_response(lambda r: "/annotations/" in r.url and r.request.method == "POST"):
        page.keyboard.press("Control+Enter")
    return admin.value("GET", f"/api/tasks/{task}/annotations/")[0]["result"]


def drag_in(page, target, start, end, y=0.5):
    """Drags between two shares of an element's width."""
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    page.mouse.move(box["x"] + box["width"] * start, box["y"] + box["height"] * y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * end, box["y"] + box["height"] * y, steps=8)
    page.mouse.up()


AUDIO = """<View><Labels name="label" toName="audio"><Label value="Speech"/><Label value="Noise"/></Labels>
<Audio name="audio" value="$audio" splitChannels="true"/>
<TextArea name="said" toName="audio" perRegion="true" maxSubmissions="1"/></View>"""

# In each of the two lanes the tone at half a second is tall, the pause at five quarters is not.
LANES_ARE_DRAWN = """() => {
  const find = (root) => root.querySelector("canvas.wave") ??
    [...root.querySelectorAll("*")].map((e) => e.shadowRoot && find(e.shadowRoot)).find(Boolean);
  const canvas = find(document);
  if (!canvas?.width || !canvas.height) return false;
  const { width, height } = canvas;
  const data = canvas.getContext("2d").getImageData(0, 0, width, height).data;
  const tall = (seconds, lane) => {
    const x = Math.floor((seconds / 4) * width);
    let count = 0;
    for (let y = (lane * height) / 2; y < ((lane + 1) * height) / 2; y += 1)
      if (data[(y * width + x) * 4 + 3] > 100) count += 1;
    return count;
  };
  return [0, 1].every((lane) => tall(0.5, lane) > 20 && tall(1.25, lane) < 8);
}"""


def test_A1_a_recording_is_seen_zoomed_and_played(signed_in, admin, urls):
    page = signed_in
    open_task(page, admin, AUDIO, {"audio": urls["two.wav"]})
    audio = page.get_by_role("group", name="Audio")
    expect(page.get_by_text("Reading the waveform…")).to_be_hidden()
    # Each channel has its lane, and the pauses between the tones are seen.
    page.wait_for_function(LANES_ARE_DRAWN, timeout=10_000)
    for _ in range(12):
        page.get_by_role("button", name="Zoom in").click()
    expect(page.locator(".minimap__window")).to_be_visible()
    page.get_by_role("button", name="Show the whole").click()
    expect(page.locator(".minimap")).to_be_hidden()
    strip = page.locator(".strip").first
    box = strip.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + 30)
    expect(audio).to_contain_text("0:02.00 / 0:04.00")
    page.get_by_label("Speed").select_option("2")
    page.keyboard.press("Control+Alt+Space")
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    expect(audio).not_to_contain_text("0:02.00 / 0:04.00")
    page.get_by_role("button", name="Pause", exact=True).click()
    page.get_by_role("button", name="Show how loud each pitch is").click()
    expect(page.get_by_role("img", name="Spectrogram")).to_be_visible()
    page.get_by_label("Scale").select_option("linear")


LOUD_PARTS = """() => {
  const find = (root) => root.querySelector("canvas.wave") ??
    [...root.querySelectorAll("*")].map((e) => e.shadowRoot && find(e.shadowRoot)).find(Boolean);
  const canvas = find(document);
  if (!canvas?.width || !canvas.height) return Array(11).fill(0);
  const { width, height } = canvas;
  const data = canvas.getContext("2d").getImageData(0, 0, width, height).data;
  return Array.from({ length: 11 }, (_, part) => {
    const x = Math.floor(((part + 0.5) / 11) * width);
    let count = 0;
    for (let y = 0; y < height; y += 1) if (data[(y * width + x) * 4 + 3] > 100) count += 1;
    return count / height;
  });
}"""


def test_A1_a_recording_over_ten_minutes_has_its_waveform_from_the_server(signed_in, admin, media_root):
    page = signed_in
    folder = media_root / "long-sound"
    folder.mkdir(exist_ok=True)
    # Eleven minutes; the third and the eighth are loud.
    rate, minutes = 4000, 11
    tone = (20_000 * numpy.sin(numpy.arange(60 * rate) * 2 * numpy.pi * 200 / rate)).astype("<i2")
    with wave.open(str(folder / "talk.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        for minute in range(minutes):
            file.writeframes(tone.tobytes() if minute in (2, 7) else bytes(2 * len(tone)))
    whole = []
    page.context.on("request", lambda r: whole.append(r.url) if r.resource_type == "fetch" and "talk.wav" in r.url
                    and "peaks" not in r.url else None)
    open_task(page, admin, AUDIO, {"audio": "/data/local-files/?d=long-sound/talk.wav"})
    page.wait_for_function(f"() => {{ const parts = ({LOUD_PARTS})(); return parts[2] > 0.3 && parts[7] > 0.3; }}")
    assert [part > 0.1 for part in page.evaluate(LOUD_PARTS)] == [n in (2, 7) for n in range(minutes)]
    # Around the start of the eighth minute: silence to the very pixel, then the tone.
    strip = page.locator(".strip").first
    box = strip.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 7 / 11, box["y"] + 30)
    with page.expect_response(lambda r: "/api/media/peaks/data" in r.url):
        for _ in range(12):
            page.get_by_role("button", name="Zoom in").click()
    page.wait_for_function(f"() => {{ const parts = ({LOUD_PARTS})(); return parts[0] < 0.1 && parts[10] > 0.3; }}")
    assert whole == []  # the recording itself was only played
    page.keyboard.press("1")
    drag_in(page, strip, 0.1, 0.4)
    expect(regions(page)).to_have_count(1)


def test_A2_ranges_are_drawn_resized_split_transcribed_and_played(signed_in, admin, urls):
    page = signed_in
    task = open_task(page, admin, AUDIO, {"audio": urls["talk.wav"]})
    expect(page.get_by_text("Reading the waveform…")).to_be_hidden()
    strip = page.locator(".strip").first
    page.keyboard.press("1")
    drag_in(page, strip, 0.1, 0.4)
    page.keyboard.press("2")
    drag_in(page, strip, 0.3, 0.6)  # over the first one
    expect(regions(page)).to_have_count(2)
    first, second = (one["value"] for one in drawn(page))
    assert first["start"] == pytest.approx(0.4, abs=0.03) and second["end"] == pytest.approx(
        2.4, abs=0.03)
    page.keyboard.press("v")
    regions(page).nth(1).click()
    drag_in(page, strip, 0.6, 0.7)  # by its end
    assert drawn(page)[1]["value"]["end"] == pytest.approx(2.8, abs=0.03)
    page.get_by_role("group", name="Audio").focus()
    page.keyboard.press("Shift+ArrowRight")
    assert drawn(page)[1]["value"]["end"] > 2.81
    page.get_by_label("said", exact=True).fill("hello")
    regions(page).nth(0).click()
    expect(page.get_by_label("said", exact=True)).to_have_value("")
    page.get_by_label("said", exact=True).fill("first")
    box = strip.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.2, box["y"] + 40)
    page.keyboard.press("Alt+s")
    expect(regions(page)).to_have_count(3)
    regions(page).nth(0).click()
    page.get_by_role("button", name="Play the selected region", exact=True).click()
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible(timeout=20_000)
    results = stored(admin, page, task)
    labels = [r for r in results if r["type"] == "labels"]
    assert len(labels) == 3 and all(r["original_length"] == 4 for r in labels)
    assert all(r["value"]["channel"] == 0 for r in labels)
    assert labels[0]["value"]["end"] == labels[-1]["value"]["start"]
    said = {r["id"]: r["value"] for r in results if r["type"] == "textarea"}
    assert said[labels[1]["id"]]["text"] == ["hello"]
    assert said[labels[1]["id"]]["start"] == labels[1]["value"]["start"]


VIDEO = """<View><Labels name="who" toName="video"><Label value="Ball"/></Labels>
<TimelineLabels name="act" toName="video"><Label value="Moves"/></TimelineLabels>
<Video name="video" value="$video" frameRate="24" height="300"/>
<VideoRectangle name="box" toName="video"/></View>"""


def frame_shown(page):
    """The number that the film's picture itself tells."""
    return page.evaluate(
        """async () => {
          const find = (root) => root.querySelector("video") ??
            [...root.querySelectorAll("*")].map((e) => e.shadowRoot && find(e.shadowRoot)).find(Boolean);
          const video = find(document);
          if (video.seeking) await new Promise((r) => video.addEventListener("seeked", r, { once: true }));
          await new Promise((r) => setTimeout(r, 60));
          const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
          const context = canvas.getContext("2d");
          context.drawImage(video, 0, 0);
          let number = 0;
          for (let bit = 0; bit < 8; bit += 1) {
            const x = Math.floor(((bit + 0.5) / 8) * video.videoWidth);
            number = number * 2 + (context.getImageData(x, 10, 1, 1).data[0] > 128 ? 1 : 0);
          }
          return number;
        }""")


def test_V1_every_step_shows_the_next_frame(signed_in, admin, urls):
    page = signed_in
    open_task(page, admin, VIDEO, {"video": urls["film.webm"]})
    video = page.get_by_role("group", name="Video")
    expect(video).to_contain_text("frame 1 / 72")
    assert frame_shown(page) == 1
    video.focus()
    for expected, key in [(2, "Alt+ArrowRight"), (3, "Alt+ArrowRight"), (13, "Alt+Shift+ArrowRight"),
                          (12, "Alt+ArrowLeft"), (72, "End"), (71, "Alt+ArrowLeft"), (1, "Home")]:
        page.keyboard.press(key)
        expect(video).to_contain_text(f"frame {expected} / 72")
        assert frame_shown(page) == expected
    page.get_by_label("Speed").select_option("0.5")
    page.keyboard.press("Control+Alt+Space")
    expect(video).not_to_contain_text("frame 1 / 72")
    page.get_by_role("button", name="Pause", exact=True).click()


@pytest.mark.parametrize("kind, options, kept", [
    ("uneven.webm", ["-vf", "select='not(between(mod(n,12),5,8))'", "-vsync", "vfr", "-c:v", "libvpx", "-b:v", "600k"],
     lambda n: not 5 <= n % 12 <= 8),
    ("unplayable.mp4", ["-c:v", "libx265", "-x265-params", "log-level=error", "-tag:v", "hvc1"], lambda n: True),
])
def test_V1_a_film_that_steps_unevenly_or_does_not_play_comes_as_one_that_does(
        signed_in, admin, urls, media_root, kind, options, kept):
    page = signed_in
    media = media_root / urls["film.webm"].split("?d=")[1]
    made = media.with_name(kind)
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", media, "-an", *options, made], check=True, timeout=120)
    open_task(page, admin, VIDEO, {"video": f"/data/local-files/?d={media.parent.name}/{kind}"})
    video = page.get_by_role("group", name="Video")
    expect(video).to_contain_text("frame 1 / 72", timeout=60_000)
    video.focus()
    for frame in (1, 5, 6, 9, 10, 11, 22):
        while (shown := int(re.search(r"frame (\d+) /", video.inner_text())[1])) < frame:
            page.keyboard.press("Alt+ArrowRight")
            expect(video).to_contain_text(f"frame {shown + 1} / 72")
        assert frame_shown(page) == 1 + max(n for n in range(frame) if kept(n)), frame


def test_V2_a_track_has_keyframes_spans_and_parts(signed_in, admin, urls):
    page = signed_in
    task = open_task(page, admin, VIDEO, {"video": urls["film.webm"]})
    video = page.get_by_role("group", name="Video")
    picture = page.locator(".video__frame")
    page.get_by_role("button", name="Ball").click()
    page.get_by_role("button", name="Rectangle in a film").click()
    drag_in(page, picture, 0.4, 0.5, y=0.5)
    expect(regions(page)).to_have_count(0)  # a line is no box
    box = picture.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.45, box["y"] + box["height"] * 0.5)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.55, box["y"] + box["height"] * 0.7, steps=5)
    page.mouse.up()
    expect(regions(page)).to_have_count(1)
    page.keyboard.press("v")
    regions(page).first.click()
    video.focus()
    page.keyboard.press("Alt+Shift+ArrowRight")
    page.keyboard.press("Alt+Shift+ArrowRight")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    track = drawn(page)[0]["value"]
    assert [k["frame"] for k in track["sequence"]] == [1, 21]
    assert track["sequence"][1]["x"] == pytest.approx(track["sequence"][0]["x"] + 2)
    page.keyboard.press("Alt+Shift+ArrowLeft")
    page.keyboard.press("Alt+k")  # a keyframe between two lies on the line between them
    track = drawn(page)[0]["value"]
    assert track["sequence"][1]["x"] == pytest.approx(track["sequence"][0]["x"] + 1)
    page.keyboard.press("Alt+k")
    assert len(drawn(page)[0]["value"]["sequence"]) == 2
    page.keyboard.press("Control+Alt+ArrowRight")
    expect(video).to_contain_text("frame 21 /")
    page.keyboard.press("Alt+x")
    assert drawn(page)[0]["value"]["sequence"][-1]["enabled"] is False
    page.keyboard.press("Alt+Shift+ArrowRight")
    page.get_by_role("button", name="The span before goes on up to here").click()
    ended = drawn(page)[0]["value"]["sequence"][-1]
    assert (ended["frame"], ended["enabled"]) == (31, False)
    page.keyboard.press("Control+z")
    page.keyboard.press("Alt+Shift+ArrowLeft")
    page.keyboard.press("Alt+x")
    page.keyboard.press("Alt+s")
    expect(regions(page)).to_have_count(2)
    page.keyboard.press("Control+a")
    page.get_by_role("button", name="One track of the selected ones").click()
    expect(regions(page)).to_have_count(1)
    (result,) = stored(admin, page, task)
    value = result["value"]
    assert result["type"] == "videorectangle" and value["labels"] == ["Ball"]
    assert value["framesCount"] == 72 and value["duration"] == pytest.approx(3, abs=0.1)
    assert all(k["time"] == pytest.approx(k["frame"] / 24) for k in value["sequence"])


VECTORS = """<View><Video name="video" value="$video" framerate="24"/>
<VideoVectorLabels name="path" toName="video" closable="true"><Label value="Lane"/></VideoVectorLabels></View>"""


def test_V2_a_path_is_tracked_through_frames_by_its_vertices(signed_in, admin, urls):
    page = signed_in
    task = open_task(page, admin, VECTORS, {"video": urls["film.webm"]})
    video = page.get_by_role("group", name="Video")
    picture = page.locator(".video__frame canvas")
    page.get_by_role("button", name="Lane").click()
    page.get_by_role("button", name="Path in a film").click()
    box = picture.bounding_box()

    def at(x, y):
        return box["x"] + box["width"] * x, box["y"] + box["height"] * y

    for place in ((0.2, 0.8), (0.4, 0.4), (0.5, 0.3)):
        page.mouse.click(*at(*place))
        page.wait_for_timeout(400)  # clicks nearby in time would be a double click
    page.keyboard.press("Control+z")  # takes the last vertex back
    page.mouse.click(*at(0.6, 0.8))
    page.keyboard.press("Enter")
    expect(regions(page)).to_have_count(1)
    (first,) = drawn(page)[0]["value"]["sequence"]
    assert first["frame"] == 1 and not first["closed"]
    assert [(v["x"], v["y"]) for v in first["vertices"]] == [
        (pytest.approx(x, abs=0.6), pytest.approx(y, abs=0.6)) for x, y in ((20, 80), (40, 40), (60, 80))]
    # Ten frames on a vertex is pulled: between the two it goes evenly, the others stay.
    page.keyboard.press("v")
    regions(page).first.click()
    video.focus()
    page.keyboard.press("Alt+Shift+ArrowRight")
    page.mouse.move(*at(0.4, 0.4))
    page.mouse.down()
    page.mouse.move(*at(0.5, 0.2), steps=4)
    page.mouse.up()
    video.focus()
    page.keyboard.press("Alt+Shift+ArrowLeft")
    for _ in range(5):
        page.keyboard.press("Alt+ArrowRight")
    expect(video).to_contain_text("frame 6 /")
    page.keyboard.press("Alt+k")
    sequence = drawn(page)[0]["value"]["sequence"]
    assert [k["frame"] for k in sequence] == [1, 6, 11]
    middle = sequence[1]["vertices"]
    assert (middle[1]["x"], middle[1]["y"]) == (pytest.approx(45, abs=0.6), pytest.approx(30, abs=0.6))
    assert middle[0] == first["vertices"][0]
    page.keyboard.press("Alt+k")
    # By keys: the next handle is focused, and arrows move it alone.
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("ArrowRight")
    moved = drawn(page)[0]["value"]["sequence"][1]["vertices"]
    assert moved[0]["x"] == pytest.approx(first["vertices"][0]["x"] + 0.5) and moved[2] == first["vertices"][2]
    page.keyboard.press("Control+z")
    page.keyboard.press("Alt+x")
    page.keyboard.press("Alt+x")
    page.keyboard.press("Alt+s")
    expect(regions(page)).to_have_count(2)
    page.keyboard.press("Control+a")
    page.get_by_role("button", name="One track of the selected ones").click()
    (result,) = stored(admin, page, task)
    assert result["type"] == "videovectorlabels" and result["value"]["framesCount"] == 72
    assert [k["frame"] for k in result["value"]["sequence"]] == [1, 5, 6, 11]
    page.reload()
    expect(regions(page)).to_have_count(1)
    opened = drawn(page)[0]
    assert {**opened["value"], "labels": opened["labels"]} == result["value"]


def test_V2_a_path_is_made_and_shaped_by_keys_alone(signed_in, admin, urls):
    page = signed_in
    task = open_task(page, admin, VECTORS, {"video": urls["film.webm"]})
    page.keyboard.press("1")
    page.keyboard.press("p")
    page.get_by_role("group", name="Video").focus()
    page.keyboard.press("Enter")
    expect(regions(page)).to_have_count(1)
    page.keyboard.press("v")
    page.keyboard.press("Alt+Shift+Digit1")
    page.get_by_role("group", name="Video").focus()
    before = drawn(page)[0]["value"]["sequence"][0]["vertices"]
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("ArrowLeft")
    after = drawn(page)[0]["value"]["sequence"][0]["vertices"]
    assert [(b["x"] - a["x"], b["y"] - a["y"]) for a, b in zip(before, after)] == [
        (-0.5, 0), (-0.5, -0.5), (-0.5, 0)]
    (result,) = stored(admin, page, task)
    assert result["value"]["labels"] == ["Lane"]


def test_V3_frames_are_marked_on_the_timeline(signed_in, admin, urls):
    page = signed_in
    task = open_task(page, admin, VIDEO, {"video": urls["film.webm"]})
    video = page.get_by_role("group", name="Video")
    page.get_by_role("button", name="Moves").click()
    band = page.locator(".timeline__band")
    drag_in(page, band, 0.25, 0.5)
    expect(regions(page)).to_have_count(1)
    page.keyboard.press("v")
    (span,) = drawn(page)[0]["value"]["ranges"]
    assert abs(span["start"] - 19) <= 1 and abs(span["end"] - 36) <= 1
    scrub = page.locator(".timeline__scrub")
    box = scrub.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.75 + 3, box["y"] + 8)
    expect(video).to_contain_text("frame 55 / 72")
    assert frame_shown(page) == 55
    regions(page).first.click()
    expect(video).to_contain_text(f"frame {span['start']} / 72")
    page.get_by_role("group", name="Player").get_by_role("button", name="Zoom in").click()
    page.get_by_role("group", name="Player").get_by_role("button", name="Show the whole").click()
    page.get_by_role("button", name="Hide", exact=True).click()
    page.get_by_role("button", name="Show", exact=True).click()
    (result,) = stored(admin, page, task)
    assert result["type"] == "timelinelabels"
    assert result["value"] == {"ranges": [span], "timelinelabels": ["Moves"]}


SERIES = """<View><TimeSeriesLabels name="label" toName="ts"><Label value="Run"/></TimeSeriesLabels>
<TimeSeries name="ts" value="$csv" timeColumn="time" timeFormat="%Y-%m-%d %H:%M:%S.%f"
  overviewChannels="velocity"><Channel column="velocity" units="m/s" displayFormat=".1f"/>
<MultiChannel><Channel column="acceleration" legend="a"/><Channel column="value"/></MultiChannel>
</TimeSeries></View>"""


def test_S1_ranges_and_instants_are_marked_on_series(signed_in, admin, urls):
    page = signed_in
    task = open_task(page, admin, SERIES, {"csv": urls["series.csv"]})
    series = page.get_by_role("group", name="Time series")
    strip = series.locator(".strip")
    expect(series.locator(".series__stack canvas")).to_have_count(2)
    page.keyboard.press("1")
    drag_in(page, strip, 0.25, 0.5)
    expect(regions(page)).to_have_count(1)
    value = drawn(page)[0]["value"]
    assert value["instant"] is False and value["start"].startswith("2024-03-05 10:01:")
    box = strip.bounding_box()
    page.mouse.dblclick(box["x"] + box["width"] * 0.75, box["y"] + 60)
    expect(regions(page)).to_have_count(2)
    instant = drawn(page)[1]["value"]
    assert instant["instant"] is True and instant["start"] == instant["end"]
    page.keyboard.press("v")
    regions(page).first.click()
    series.focus()
    page.keyboard.press("Shift+ArrowRight")
    grown = drawn(page)[0]["value"]
    assert grown["end"] > value["end"] and grown["start"] == value["start"]
    page.keyboard.press("Alt+Shift+ArrowLeft")
    assert drawn(page)[0]["value"]["end"] == value["end"]
    # The curve has a gap where the file has none, and the readout says so.
    page.mouse.move(box["x"] + box["width"] * 105 / 399, box["y"] + 60)
    expect(series.locator(".series__legend").first).to_contain_text("–")
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 60)
    expect(series.locator(".series__legend").first).not_to_contain_text("–")
    page.get_by_role("button", name="Zoom in").click()
    expect(page.locator(".minimap__window")).to_be_visible()
    results = stored(admin, page, task)
    assert [r["value"]["timeserieslabels"] for r in results] == [["Run"], ["Run"]]
    assert json.loads(json.dumps(results))[0]["value"]["start"] == value["start"]


def test_S1_a_large_file_is_read_in_the_parts_that_are_looked_at(signed_in, admin, media_root):
    page = signed_in
    count = 600_000
    folder = media_root / "large-series"
    folder.mkdir(exist_ok=True)
    text = "t,v,more\n" + "\n".join(f"{i},{i % 997},padding to the length of a row" for i in range(count))
    (folder / "large.csv").write_text(text)
    read = []
    page.context.on("requestfinished", lambda request: read.append(
        (request.url, request.sizes()["responseBodySize"])) if "large.csv" in request.url else None)
    task = open_task(page, admin, """<View><TimeSeriesLabels name="label" toName="ts"><Label value="Run"/></TimeSeriesLabels>
      <TimeSeries name="ts" value="$csv" timeColumn="t"><Channel column="v"/></TimeSeries></View>""",
                     {"csv": "/data/local-files/?d=large-series/large.csv"})
    series = page.get_by_role("group", name="Time series")
    expect(series.get_by_text("Samples of a large file")).to_be_visible()
    assert sum(size for _, size in read) < len(text) / 4, read
    for _ in range(14):
        page.get_by_role("button", name="Zoom in").click()
    expect(series.get_by_text("Samples of a large file")).to_be_hidden()
    assert sum(size for _, size in read) < len(text) / 2
    # Every row is there: what the readout says belongs to the very row.
    strip = series.locator(".strip")
    box = strip.bounding_box()
    for share in (0.31, 0.52, 0.77):
        page.mouse.move(box["x"] + box["width"] * share, box["y"] + 60)
        time = int(series.locator(".series__readout").first.inner_text())
        assert series.locator(".series__legend b").inner_text() == f"{time % 997:.1f}"
    page.keyboard.press("1")
    drag_in(page, strip, 0.25, 0.5)
    (result,) = stored(admin, page, task)
    assert result["value"]["start"] % 1 == 0 and result["value"]["end"] % 1 == 0


OVERLAY = """<View><TimeSeries name="ts" value="$series" timeColumn="t" overviewChannels="slow">
<Channel column="slow" units="°C" legend="Oven" strokeColor="#0000ff"/>
<MultiChannel><Channel column="low" units="m/s" strokeColor="#ff0000" displayFormat=",.2f" strokeWidth="3"/>
<Channel column="high" units="m/s" strokeColor="#00aa00" strokeWidth="3"/></MultiChannel></TimeSeries></View>"""

# Where in the second plot a color is, as shares of its width and height; null for a color that is not there.
COLOR_IS_AT = """([red, green, blue]) => {
  const find = (root) => root.querySelector(".series__stack") ??
    [...root.querySelectorAll("*")].map((e) => e.shadowRoot && find(e.shadowRoot)).find(Boolean);
  const canvas = find(document).querySelectorAll("canvas")[1];
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  const rows = [], columns = [];
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] < 150 || Math.abs(data[i] - red) + Math.abs(data[i + 1] - green) +
        Math.abs(data[i + 2] - blue) > 60) continue;
    columns.push(((i / 4) % width) / width);
    rows.push(Math.floor(i / 4 / width) / height);
  }
  const least = (list) => list.reduce((a, b) => Math.min(a, b));
  const most = (list) => list.reduce((a, b) => Math.max(a, b));
  return columns.length === 0 ? null : {
    top: least(rows), bottom: most(rows), inGap: columns.some((x) => x > 0.32 && x < 0.58) };
}"""


def test_S1_channels_lie_over_one_another_with_units_gaps_and_irregular_times(signed_in, admin):
    page = signed_in
    # Times are a second apart, then nine; the row in the middle has no values, two have no time.
    times = [*range(0, 31), None, 45, *range(60, 101, 10), "end"]
    rows = len(times)
    gap = times.index(45)
    open_task(page, admin, OVERLAY, {"series": {
        "t": times, "slow": [20.5] * rows,
        "low": [None if i == gap else 1000 for i in range(rows)],
        "high": [None if i == gap else 1010 for i in range(rows)]}})
    series = page.get_by_role("group", name="Time series")
    expect(series.locator(".series__stack canvas")).to_have_count(2)
    expect(series).to_contain_text("2 rows are left out")
    strip = series.locator(".strip")
    box = strip.bounding_box()

    def read_at(time):
        page.mouse.move(box["x"] + box["width"] * time / 100, box["y"] + 60)
        return [series.locator(".series__readout").first.inner_text(),
                *series.locator(".series__legend > span").all_inner_texts()]

    assert read_at(10.2) == ["10", "Oven 20.5 °C", "low 1,000.00 m/s", "high 1010.0 m/s"]
    assert read_at(68) == ["70", "Oven 20.5 °C", "low 1,000.00 m/s", "high 1010.0 m/s"]
    assert read_at(45) == ["45", "Oven 20.5 °C", "low – m/s", "high – m/s"]
    page.wait_for_function(COLOR_IS_AT, arg=[255, 0, 0])
    low, high = (page.evaluate(COLOR_IS_AT, color) for color in ([255, 0, 0], [0, 170, 0]))
    # One scale for both, and no line over the gap.
    assert high["bottom"] < 0.2 and low["top"] > 0.7, (low, high)
    assert not low["inGap"] and not high["inGap"]


def test_S1_two_fingers_zoom_and_mark_nothing(signed_in, admin):
    page = signed_in
    open_task(page, admin, """<View><TimeSeriesLabels name="label" toName="ts"><Label value="Run"/></TimeSeriesLabels>
      <TimeSeries name="ts" value="$series" timeColumn="t"><Channel column="v"/></TimeSeries></View>""",
              {"series": {"t": list(range(10_001)), "v": [i % 10 for i in range(10_001)]}})
    series = page.get_by_role("group", name="Time series")
    strip = series.locator(".strip")
    strip.scroll_into_view_if_needed()
    box = strip.bounding_box()
    middle, y = box["x"] + box["width"] / 2, box["y"] + 60
    touch = page.context.new_cdp_session(page)

    def send(kind, *places):
        touch.send("Input.dispatchTouchEvent", {
            "type": kind, "touchPoints": [{"x": x, "y": y, "id": i} for i, x in enumerate(places)]})

    def time_at(x):
        page.mouse.move(x, y)
        return float(series.locator(".series__readout").first.inner_text())

    page.keyboard.press("1")
    before = [time_at(middle - 40), time_at(middle + 60)]
    # The first finger begins a range, which is none once the second comes.
    send("touchStart", middle - 40)
    send("touchMove", middle - 50)
    send("touchMove", middle - 40)
    send("touchStart", middle - 40, middle + 60)
    for apart in (20, 60, 100):
        send("touchMove", middle - 40 - apart, middle + 60 + apart)
    send("touchEnd", middle - 140)
    send("touchMove", middle - 100)
    send("touchEnd")
    after = [time_at(middle - 140), time_at(middle + 160)]
    pixel = 10_000 / box["width"]
    assert after == [pytest.approx(time, abs=2 * pixel) for time in before]
    expect(page.locator(".minimap__window")).to_be_visible()
    expect(regions(page)).to_have_count(0)
    # One finger marks again.
    send("touchStart", middle - 40)
    for x in (-20, 20, 60):
        send("touchMove", middle + x)
    send("touchEnd")
    expect(regions(page)).to_have_count(1)


def test_S1_a_series_and_a_recording_go_together(signed_in, admin, urls):
    page = signed_in
    open_task(page, admin, """<View><Audio name="audio" value="$audio" sync="ts"/>
      <TimeSeries name="ts" value="$series" timeColumn="t" sync="audio"><Channel column="v"/></TimeSeries></View>""",
              {"audio": urls["talk.wav"], "series": {
                  "t": [i / 100 for i in range(401)], "v": [i % 10 for i in range(401)]}})
    audio = page.get_by_role("group", name="Audio")
    series = page.get_by_role("group", name="Time series")
    expect(page.get_by_text("Reading the waveform…")).to_be_hidden()
    readout = series.locator(".series__readout").first
    strip = series.locator(".strip")
    strip.scroll_into_view_if_needed()
    box = strip.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.25, box["y"] + 60)
    expect(audio).to_contain_text("0:01.00 / 0:04.00")
    # What is seen of the series goes with the recording.
    for _ in range(5):
        series.get_by_role("button", name="Zoom in").click()
    waves = audio.locator(".strip").first
    waves.scroll_into_view_if_needed()
    box = waves.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.75, box["y"] + 30)
    expect(readout).to_have_text("3")
    expect(series.locator(".series__cursor")).to_be_visible()
    page.mouse.click(box["x"] + box["width"] * 0.25, box["y"] + 30)
    expect(readout).to_have_text("1")
    page.keyboard.press("Control+Alt+Space")
    # It may have played to its end by now; the series went along, and its cursor is in view.
    expect(readout).not_to_have_text("1")
    assert 1 < float(readout.inner_text()) <= 4
    expect(series.locator(".series__cursor")).to_be_visible()


def test_P7_a_long_series_is_ready_and_zooms(signed_in, admin):
    page = signed_in
    count = 200_000
    columns = {"t": list(range(count)), "v": [i % 1000 for i in range(count)]}
    open_task(page, admin, """<View><TimeSeries name="ts" value="$data" valueType="json" timeColumn="t">
      <Channel column="v"/></TimeSeries></View>""", {"data": columns})
    expect(page.get_by_role("group", name="Time series")).to_be_visible()
    cost = page.evaluate(
        """async () => {
          const find = (root) => root.querySelector(".series .strip") ??
            [...root.querySelectorAll("*")].map((e) => e.shadowRoot && find(e.shadowRoot)).find(Boolean);
          const strip = find(document);
          const times = [];
          for (let i = 0; i < 20; i += 1) {
            const start = performance.now();
            strip.dispatchEvent(new WheelEvent("wheel", { deltaY: -60, ctrlKey: true, clientX: 500,
              bubbles: true, cancelable: true }));
            await new Promise(requestAnimationFrame);
            times.push(performance.now() - start);
          }
          return times.sort((a, b) => a - b)[10];
        }""")
    # The budget of 16 ms is measured by itself; here the machine does other things too.
    assert cost < 200, cost
