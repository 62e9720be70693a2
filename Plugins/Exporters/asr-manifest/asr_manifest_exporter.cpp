// A manifest of recordings with their transcripts, as NVIDIA NeMo reads them: one JSON object a
// line with the file, its length in seconds and the text.

#include "image_name.hpp"
#include "item_fields.hpp"
#include "items.hpp"
#include "media_file.hpp"
#include "plugin_entry.hpp"
#include "results.hpp"
#include "sink_file.hpp"
#include "wave_length.hpp"

#include <unordered_set>

namespace {

using postil::append_json_string;

class ASRManifestExporter {
public:
    ASRManifestExporter(const postil_exporter_open_t &arguments, postil_error_t *error)
        : context_(arguments), rules_(context_), losses_(arguments.losses),
          copies_(context_.flag("audio", true)), controls_(context_.root),
          task_keys_(arguments.keys), keys_(arguments.keys),
          results_(arguments.keys, controls_, losses_), text_(postil_key(arguments.keys, "text")),
          media_(arguments.media), sinks_(arguments.sinks), cancel_(arguments.cancel),
          file_(arguments.sinks) {
        std::string key = controls_.data_key("Audio", "");
        key = key.empty() ? controls_.data_key("AudioPlus", "audio") : key;
        audio_key_ = postil_key(arguments.keys, key.c_str());
        file_.open("manifest.json", "application/jsonl", error);
    }

    void consume(const postil_batch_t *tasks, postil_error_t *error) {
        uint32_t count = postil_batch_count(tasks);
        for (uint32_t i = 0; i < count; i++) {
            if (postil_is_cancelled(cancel_)) {
                throw postil::Failure(POSTIL_ERROR_CANCELLED);
            }
            task_ = postil_batch_root(tasks, i)->task_id;
            postil_value_t task = postil_batch_value(tasks, i);
            items_.read(task_keys_, task, rules_, losses_, task_);
            if (!items_.annotations.empty()) {
                write_task(task, error);
            }
            file_.flush_if_large(error);
        }
    }

    void finish(postil_error_t *error) {
        file_.close(error);
        losses_.report();
    }

private:
    void write_task(postil_value_t task, postil_error_t *error) {
        std::string_view address = postil::view(postil_value_text(
            postil_object_get(postil_object_get(task, task_keys_.data), audio_key_)));
        postil::MediaFile audio(media_);
        double seconds = 0;
        if (!audio.open(address) || !wave::length(audio, &seconds)) {
            return losses_.note("recording_missing",
                                "The length of a recording is read from its WAV file; recordings "
                                "that cannot be read, or are no WAV files, were left out.",
                                task_, items_.annotations.size());
        }
        std::string name = postil::image_name(address);
        bool is_written = false;
        for (postil_value_t annotation : items_.annotations) {
            is_written = write_line(annotation, name, seconds) || is_written;
        }
        if (is_written && copies_ && copied_.insert(name).second) {
            audio.copy(sinks_, "audio/" + name, error);
        }
    }

    /// The first text of the first control that has one.
    bool write_line(postil_value_t annotation, const std::string &name, double seconds) {
        std::string_view transcript;
        bool is_found = false;
        for (const postil::Result &result : results_.read(annotation, task_)) {
            postil_value_t list = postil_object_get(result.value, text_);
            uint32_t count = postil_value_count(list);
            postil_value_t first = count > 0 ? postil_array_at(list, 0) : list;
            if (is_found || !postil_value_is(first, POSTIL_KIND_STRING)) {
                losses_.note("answer_not_supported",
                             "A recording has one transcript here; other answers were left out.",
                             task_);
                continue;
            }
            transcript = postil::view(postil_value_text(first));
            is_found = true;
            losses_.note("further_texts_dropped",
                         "A recording has one transcript here; further texts were left out.", task_,
                         count > 1 ? count - 1 : 0);
        }
        if (!is_found) {
            losses_.note("transcript_missing", "Annotations without a transcript were left out.",
                         task_);
            return false;
        }
        std::string &text = file_.text();
        text += "{\"audio_filepath\":";
        append_json_string(text, "audio/" + name);
        text += ",\"duration\":";
        postil::append_number(text, seconds);
        text += ",\"text\":";
        append_json_string(text, transcript);
        text += ",\"annotator\":";
        append_json_string(text, postil::annotator_text(keys_, annotation));
        text += "}\n";
        return true;
    }

    postil::ExportContext context_;
    postil::ItemRules rules_;
    postil::LossNotes losses_;
    bool copies_;
    postil::Controls controls_;
    postil::TaskKeys task_keys_;
    postil::ItemKeys keys_;
    postil::Results results_;
    uint32_t text_, audio_key_ = 0;
    const postil_media_t *media_;
    const postil_sinks_t *sinks_;
    const uint32_t *cancel_;
    postil::SinkFile file_;
    std::unordered_set<std::string> copied_;
    postil::Items items_;
    int64_t task_ = 0;
};

} // namespace

POSTIL_EXPORTER_PLUGIN(ASRManifestExporter, "org.postil.asr-manifest", "1.0.0", "ASR_MANIFEST")
