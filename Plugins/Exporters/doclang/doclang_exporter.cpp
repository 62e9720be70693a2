// DocLang archives (https://github.com/doclang-project/doclang/blob/main/spec.md): an Open
// Packaging Conventions file for each document that annotations, drafts, predictions or tasks hold,
// with the images of its pages and the files that it refers to.

#include "document_search.hpp"
#include "page_images.hpp"
#include "zip_archive.hpp"

#include "export_settings.hpp"
#include "loss_notes.hpp"
#include "plugin_entry.hpp"

#include <set>

namespace {

using doclang::XMLDocument;

constexpr std::string_view content_types =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\n"
    "  <Default Extension=\"rels\" "
    "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\n"
    "  <Default Extension=\"png\" ContentType=\"image/png\"/>\n"
    "  <Default Extension=\"jpg\" ContentType=\"image/jpeg\"/>\n"
    "  <Default Extension=\"jpeg\" ContentType=\"image/jpeg\"/>\n"
    "  <Default Extension=\"webp\" ContentType=\"image/webp\"/>\n"
    "  <Default Extension=\"svg\" ContentType=\"image/svg+xml\"/>\n"
    "  <Override PartName=\"/document.xml\" "
    "ContentType=\"application/vnd.doclang.document+xml\"/>\n"
    "</Types>\n";

constexpr std::string_view relationships =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\n"
    "  <Relationship Id=\"rId1\" "
    "Type=\"http://doclang.ai/ns/package/2026/relationships/document\" Target=\"document.xml\"/>\n"
    "</Relationships>\n";

class DocLangExporter {
public:
    DocLangExporter(const postil_exporter_open_t &arguments, postil_error_t *)
        : context_(arguments), has_media_(context_.flag("images", true)), losses_(arguments.losses),
          fields_(
              postil::view(postil_value_text(postil_object_named(context_.root, "label_config")))),
          search_(arguments.keys), media_(arguments.media), sinks_(arguments.sinks),
          cancel_(arguments.cancel), id_(postil_key(arguments.keys, "id")),
          data_(postil_key(arguments.keys, "data")),
          annotation_(postil_key(arguments.keys, "annotation")),
          annotations_(postil_key(arguments.keys, "annotations")),
          drafts_(postil_key(arguments.keys, "drafts")),
          predictions_(postil_key(arguments.keys, "predictions")),
          was_cancelled_(postil_key(arguments.keys, "was_cancelled")),
          skipped_(postil_key(arguments.keys, "skipped")) {}

    void consume(const postil_batch_t *tasks, postil_error_t *error) {
        uint32_t count = postil_batch_count(tasks);
        for (uint32_t i = 0; i < count; i++) {
            if (postil_is_cancelled(cancel_)) {
                throw postil::Failure(POSTIL_ERROR_CANCELLED);
            }
            task_ = postil_batch_root(tasks, i)->task_id;
            write_task(postil_batch_value(tasks, i), error);
        }
    }

    void finish(postil_error_t *) { losses_.report(); }

private:
    void write_task(postil_value_t task, postil_error_t *error) {
        data_value_ = postil_object_get(task, data_);
        exported_.clear();
        bool is_any = write_annotations(postil_object_get(task, annotations_), error);
        is_any = write_drafts(postil_object_get(task, drafts_), error) || is_any;
        is_any = write_predictions(postil_object_get(task, predictions_), error) || is_any;
        if (!is_any && !write_data(error)) {
            losses_.note("document_missing", "Tasks without a DocLang document were left out.",
                         task_);
        }
    }

    bool write_annotations(postil_value_t list, postil_error_t *error) {
        bool is_any = false;
        for_each(list, [&](postil_value_t annotation, int64_t id) {
            if (is_true(annotation, was_cancelled_) || is_true(annotation, skipped_)) {
                return losses_.note("skipped_left_out", "Skipped annotations were left out.",
                                    task_);
            }
            uint64_t documents, others;
            std::string_view document = search_.first(annotation, &documents, &others);
            losses_.note("answer_not_supported",
                         "Answers that are no DocLang document were left out.", task_, others);
            losses_.note("further_documents_dropped",
                         "An annotation has one document here; further ones were left out.", task_,
                         documents > 1 ? documents - 1 : 0);
            if (!document.empty()) {
                exported_.insert(id);
                write("annotation-" + std::to_string(id), document, error);
                is_any = true;
            }
        });
        return is_any;
    }

    /// A draft of an annotation that is exported says what that says, or what it is yet to say.
    bool write_drafts(postil_value_t list, postil_error_t *error) {
        bool is_any = false;
        for_each(list, [&](postil_value_t draft, int64_t id) {
            int64_t annotation;
            if (postil_value_int64(postil_object_get(draft, annotation_), &annotation) &&
                exported_.count(annotation) > 0) {
                return losses_.note("drafts_left_out",
                                    "Drafts of annotations that are exported were left out.",
                                    task_);
            }
            is_any = write_first("draft-" + std::to_string(id), draft, error) || is_any;
        });
        return is_any;
    }

    bool write_predictions(postil_value_t list, postil_error_t *error) {
        bool is_any = false;
        for_each(list, [&](postil_value_t prediction, int64_t id) {
            is_any = write_first("prediction-" + std::to_string(id), prediction, error) || is_any;
        });
        return is_any;
    }

    bool write_first(const std::string &name, postil_value_t answer, postil_error_t *error) {
        uint64_t documents, others;
        std::string_view document = search_.first(answer, &documents, &others);
        if (!document.empty()) {
            write(name, document, error);
        }
        return !document.empty();
    }

    bool write_data(postil_error_t *error) {
        std::vector<std::string_view> documents = search_.in_data(data_value_);
        for (size_t i = 0; i < documents.size(); i++) {
            write(documents.size() == 1 ? "data" : "data-" + std::to_string(i + 1), documents[i],
                  error);
        }
        return !documents.empty();
    }

    void write(const std::string &name, std::string_view document, postil_error_t *error) {
        doclang::ZipArchive archive(sinks_, "task-" + std::to_string(task_) + "-" + name + ".dclx",
                                    error);
        archive.add("[Content_Types].xml", content_types, error);
        archive.add("_rels/.rels", relationships, error);
        std::string rewritten = has_media_ ? add_assets(archive, document, error) : "";
        archive.add("document.xml", rewritten.empty() ? document : rewritten, error);
        if (has_media_) {
            add_pages(archive, error);
        }
        archive.close(error);
    }

    void add_pages(doclang::ZipArchive &archive, postil_error_t *error) {
        size_t number = 0;
        for (std::string_view address : fields_.addresses(data_value_)) {
            number++;
            std::string name = "pages/" + std::to_string(number) + doclang::page_extension(address);
            std::string content = doclang::inline_content(address);
            postil::MediaFile file(media_);
            if (!content.empty()) {
                archive.add(name, content, error);
            } else if (file.open(address)) {
                archive.add(name, file, error);
            } else {
                losses_.note("image_missing",
                             "Images that cannot be read, here or where they lie, were left out.",
                             task_);
            }
        }
    }

    /// The document with references to what is in the archive now; empty when none has changed.
    std::string add_assets(doclang::ZipArchive &archive, std::string_view text,
                           postil_error_t *error) {
        XMLDocument document = XMLDocument::parse(text);
        std::set<std::string> names;
        bool is_changed = false;
        for (xmlNode *source : document.elements("src")) {
            std::string address = XMLDocument::attribute(source, "uri");
            std::string name = doclang::asset_name(address);
            if (name.empty()) {
                continue;
            }
            postil::MediaFile file(media_);
            if (!file.open(address)) {
                losses_.note("image_missing",
                             "Images that cannot be read, here or where they lie, were left out.",
                             task_);
                continue;
            }
            name = "assets/" + unused(name, names);
            archive.add(name, file, error);
            XMLDocument::set_attribute(source, "uri", name);
            is_changed = true;
        }
        return is_changed ? document.text() : "";
    }

    static std::string unused(const std::string &name, std::set<std::string> &names) {
        size_t dot = name.find_last_of('.');
        std::string candidate = name;
        for (size_t number = 2; !names.insert(candidate).second; number++) {
            candidate = name.substr(0, dot) + "-" + std::to_string(number) + name.substr(dot);
        }
        return candidate;
    }

    /// Calls `body` with each object of a list and its id, or its place where it has none.
    /// Predictions and drafts that the export names by their numbers alone hold nothing to write.
    template <class Body> void for_each(postil_value_t list, Body body) {
        postil_walk_t walk = postil_children(list);
        postil_value_t element;
        for (int64_t place = 0; postil_walk_element(&walk, &element); place++) {
            int64_t id = place;
            postil_value_int64(postil_object_get(element, id_), &id);
            if (postil_value_is(element, POSTIL_KIND_OBJECT)) {
                body(element, id);
            }
        }
    }

    static bool is_true(postil_value_t object, uint32_t key) {
        bool value = false;
        return postil_value_bool(postil_object_get(object, key), &value) && value;
    }

    postil::ExportContext context_;
    bool has_media_;
    postil::LossNotes losses_;
    doclang::PageFields fields_;
    doclang::DocumentSearch search_;
    const postil_media_t *media_;
    const postil_sinks_t *sinks_;
    const uint32_t *cancel_;
    uint32_t id_, data_, annotation_, annotations_, drafts_, predictions_, was_cancelled_, skipped_;
    postil_value_t data_value_ = {};
    std::set<int64_t> exported_;
    int64_t task_ = 0;
};

} // namespace

POSTIL_EXPORTER_PLUGIN(DocLangExporter, "org.postil.doclang", "1.0.0", "DOCLANG")
