// Reads every node of every task, and tells how many there were and how long that took.
#include <postil/exporter.h>

#include <chrono>
#include <new>
#include <string>

namespace {

class Reader {
public:
    Reader(const postil_sinks_t *sinks, uint64_t sink) : sinks_(sinks), sink_(sink) {}

    void consume(const postil_batch_t *tasks) {
        auto start = std::chrono::steady_clock::now();
        for (uint32_t index = 0; index < postil_batch_count(tasks); index++) {
            read(postil_batch_value(tasks, index));
        }
        spent_ += std::chrono::steady_clock::now() - start;
    }

    postil_status_t finish(postil_error_t *error) {
        auto nanoseconds = std::chrono::duration_cast<std::chrono::nanoseconds>(spent_).count();
        std::string line = std::to_string(nodes_) + " " + std::to_string(nanoseconds) + " " +
                           std::to_string(sum_) + "\n";
        postil_status_t status = postil_sink_write(sinks_, sink_, line.data(), line.size(), error);
        return status == POSTIL_OK ? sinks_->sink_close(sinks_->context, sink_, error) : status;
    }

private:
    void read(postil_value_t value) {
        nodes_++;
        postil_walk_t walk = postil_children(value);
        switch (postil_value_kind(value)) {
        case POSTIL_KIND_ARRAY:
            for (postil_value_t element; postil_walk_element(&walk, &element);) {
                read(element);
            }
            break;
        case POSTIL_KIND_OBJECT:
            for (postil_member_t member; postil_walk_member(&walk, &member);) {
                sum_ += static_cast<double>(member.name.count);
                read(member.value);
            }
            break;
        case POSTIL_KIND_STRING:
            sum_ += static_cast<double>(postil_value_text(value).count);
            break;
        default: {
            double number = 0;
            postil_value_double(value, &number);
            sum_ += number;
        }
        }
    }

    const postil_sinks_t *sinks_;
    uint64_t sink_;
    uint64_t nodes_ = 0;
    std::chrono::steady_clock::duration spent_{};
    double sum_ = 0; ///< So that no value is read for nothing.
};

postil_status_t open_reader(const postil_exporter_open_t *arguments, void **instance,
                            postil_error_t *error) {
    uint64_t sink = 0;
    postil_status_t status =
        arguments->sinks->sink_open(arguments->sinks->context, postil_text("read.txt"),
                                    postil_text("text/plain"), &sink, error);
    if (status != POSTIL_OK) {
        return status;
    }
    *instance = new (std::nothrow) Reader(arguments->sinks, sink);
    return *instance != nullptr ? POSTIL_OK : POSTIL_ERROR_NO_MEMORY;
}

postil_status_t consume(void *instance, const postil_batch_t *tasks, postil_error_t *) {
    static_cast<Reader *>(instance)->consume(tasks);
    return POSTIL_OK;
}

postil_status_t finish(void *instance, postil_error_t *error) try {
    return static_cast<Reader *>(instance)->finish(error);
} catch (...) {
    return POSTIL_ERROR_NO_MEMORY;
}

void give_up(void *) {}

void close_reader(void *instance) {
    delete static_cast<Reader *>(instance);
}

const postil_exporter_t exporter = {
    sizeof exporter, POSTIL_READS_TREE, 0, open_reader, consume, finish, give_up, close_reader,
};

const void *get_capability(postil_bytes_t id, postil_bytes_t name) {
    bool is_ours =
        postil_bytes_are(id, POSTIL_CAPABILITY_EXPORTER) && postil_bytes_are(name, "READ");
    return is_ours ? &exporter : nullptr;
}

} // namespace

extern "C" POSTIL_EXPORT const postil_plugin_t *postil_plugin_entry_v1(const postil_host_t *) {
    static const postil_plugin_t plugin = {
        sizeof plugin,
        POSTIL_ABI_VERSION,
        POSTIL_ABI_VERSION,
        0,
        postil_text("org.example.reader-cpp"),
        postil_text("1.0.0"),
        get_capability,
    };
    return &plugin;
}
