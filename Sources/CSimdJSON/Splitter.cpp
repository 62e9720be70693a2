#include "Failure.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

namespace postil {
namespace {

/// What a byte means to someone who only counts brackets.
enum Meaning : uint8_t { other, space, quote, backslash, opening, closing, comma, colon };

constexpr std::array<Meaning, 256> meanings() {
    std::array<Meaning, 256> table{};
    for (char byte : {' ', '\t', '\r', '\n'}) {
        table[static_cast<uint8_t>(byte)] = space;
    }
    table['"'] = quote;
    table['\\'] = backslash;
    table['['] = table['{'] = opening;
    table[']'] = table['}'] = closing;
    table[','] = comma;
    table[':'] = colon;
    return table;
}

constexpr std::array<Meaning, 256> meaning = meanings();
constexpr uint8_t byte_order_mark[] = {0xEF, 0xBB, 0xBF};

} // namespace
} // namespace postil

using namespace postil;

/// A state machine over bytes. Each state says what may come next.
struct postil_json_splitter {
public:
    explicit postil_json_splitter(uint64_t limit) : limit_(limit) {}

    void push(const uint8_t *bytes, uint64_t count) {
        offset_ += chunk_size_;
        chunk_ = bytes;
        chunk_size_ = count;
        at_ = 0;
        counted_ = 0;
    }

    /// 1, 0 or -1 as the C function says.
    int32_t next(postil_json_element_t *element) {
        if (delivered_) {
            carried_.clear();
            delivered_ = false;
        }
        while (state_ != State::failed && at_ < chunk_size_) {
            if (state_ == State::element) {
                if (scan_element()) {
                    return deliver(element);
                }
            } else {
                between(chunk_[at_]);
            }
        }
        if (state_ != State::failed) {
            keep_rest();
        }
        return state_ == State::failed ? -1 : 0;
    }

    int32_t finish(postil_json_element_t *element) {
        push(nullptr, 0);
        switch (state_) {
        case State::failed:
            return -1;
        case State::start:
            return mark_ > 0 && mark_ < 3 ? fail(POSTIL_JSON_NOT_UTF8, 0)
                                          : fail(POSTIL_JSON_EMPTY, offset_);
        case State::done:
            return 0;
        case State::element:
            if (shape_ == Shape::scalar && !root_is_array_) {
                return deliver(element);
            }
            break;
        default:
            break;
        }
        return fail(POSTIL_JSON_TRUNCATED, offset_);
    }

    /// The error, with the place that only a splitter knows.
    void describe(postil_json_error_t *error) const {
        report(failure_, nullptr, 0, error);
        if (error) {
            error->line = failure_line_;
            error->column = failure_column_;
        }
    }

    int32_t root_is_array() const { return state_ == State::start ? -1 : root_is_array_; }

private:
    enum class State { start, first, value, element, after, done, failed };
    enum class Shape { container, string, scalar };

    uint64_t limit_;
    State state_ = State::start;
    bool root_is_array_ = false;
    uint32_t mark_ = 0; // bytes of the byte order mark seen

    const uint8_t *chunk_ = nullptr;
    uint64_t chunk_size_ = 0;
    uint64_t at_ = 0;
    uint64_t offset_ = 0; // of the chunk in the whole text

    Shape shape_ = Shape::container;
    uint64_t depth_ = 0;
    bool in_string_ = false;
    bool is_escaped_ = false;
    uint64_t first_ = 0; // of the element, in the chunk; 0 if it began in an earlier one
    postil_json_element_t element_{};
    std::vector<uint8_t> carried_;
    bool delivered_ = false;

    uint64_t counted_ = 0; // bytes of the chunk whose lines are counted
    uint64_t line_ = 1;
    uint64_t line_start_ = 0; // in the whole text

    Failure failure_;
    uint64_t failure_line_ = 1;
    uint64_t failure_column_ = 1;

    void count_lines(uint64_t up_to) {
        while (counted_ < up_to) {
            const void *found = std::memchr(chunk_ + counted_, '\n', up_to - counted_);
            if (!found) {
                break;
            }
            counted_ = static_cast<uint64_t>(static_cast<const uint8_t *>(found) - chunk_) + 1;
            line_++;
            line_start_ = offset_ + counted_;
        }
        counted_ = std::max(counted_, up_to);
    }

    int32_t fail(int32_t code, uint64_t offset) {
        failure_ = Failure(code, offset);
        if (root_is_array_ && (state_ == State::element || state_ == State::value)) {
            failure_.pointer = "/" + std::to_string(element_.index);
        }
        if (offset >= offset_) {
            count_lines(offset - offset_);
        }
        failure_line_ = line_;
        failure_column_ = offset >= line_start_ ? offset - line_start_ + 1 : 1;
        state_ = State::failed;
        return -1;
    }

    int32_t fail(int32_t code) { return fail(code, offset_ + at_); }

    /// The element is larger than the limit. Its place is known: it was noted when it began.
    int32_t refuse_size() {
        fail(POSTIL_JSON_TOO_LARGE, element_.offset);
        failure_line_ = element_.line;
        failure_column_ = element_.column;
        return -1;
    }

    /// One byte outside of elements.
    void between(uint8_t byte) {
        Meaning what = meaning[byte];
        if (state_ == State::start && mark(byte)) {
            return;
        }
        if (what == space) {
            at_++;
            return;
        }
        switch (state_) {
        case State::start:
            if (byte == '[') {
                root_is_array_ = true;
                state_ = State::first;
                at_++;
            } else {
                begin(what);
            }
            return;
        case State::first:
        case State::value:
            if (byte == ']' && state_ == State::first) {
                state_ = State::done;
                at_++;
            } else {
                begin(what);
            }
            return;
        case State::after:
            if (byte == ',') {
                state_ = State::value;
                at_++;
            } else if (byte == ']') {
                state_ = State::done;
                at_++;
            } else {
                fail(POSTIL_JSON_SYNTAX);
            }
            return;
        default:
            fail(POSTIL_JSON_TRAILING_TEXT);
            return;
        }
    }

    /// True if the byte belongs to a byte order mark.
    bool mark(uint8_t byte) {
        if (mark_ == offset_ + at_ && mark_ < 3 && byte == byte_order_mark[mark_]) {
            mark_++;
            at_++;
            return true;
        }
        if (mark_ > 0 && mark_ < 3) {
            fail(POSTIL_JSON_NOT_UTF8, 0);
            return true;
        }
        return false;
    }

    void begin(Meaning what) {
        if (what == closing || what == comma || what == colon || what == backslash) {
            fail(POSTIL_JSON_SYNTAX);
            return;
        }
        count_lines(at_);
        element_.offset = offset_ + at_;
        element_.line = line_;
        element_.column = element_.offset - line_start_ + 1;
        shape_ = what == opening ? Shape::container : what == quote ? Shape::string : Shape::scalar;
        depth_ = 0;
        in_string_ = false;
        is_escaped_ = false;
        first_ = at_;
        state_ = State::element;
    }

    /// Goes on to the end of the element. True if it was reached; `at_` is behind it then.
    bool scan_element() {
        if (shape_ == Shape::scalar) {
            while (at_ < chunk_size_) {
                Meaning what = meaning[chunk_[at_]];
                if (what == space || what == comma || what == closing) {
                    return true;
                }
                at_++;
            }
            return false;
        }
        while (at_ < chunk_size_) {
            if (in_string_) {
                scan_string();
                if (!in_string_ && depth_ == 0) {
                    return true;
                }
                continue;
            }
            Meaning what = meaning[chunk_[at_++]];
            if (what == quote) {
                in_string_ = true;
            } else if (what == opening) {
                depth_++;
            } else if (what == closing && --depth_ == 0) {
                return true;
            }
        }
        return false;
    }

    /// Goes on to the end of a string, behind its quote.
    void scan_string() {
        if (is_escaped_) {
            is_escaped_ = false;
            at_++;
            return;
        }
        while (at_ < chunk_size_) {
            Meaning what = meaning[chunk_[at_++]];
            if (what == quote) {
                in_string_ = false;
                return;
            }
            if (what == backslash) {
                is_escaped_ = true;
                return;
            }
        }
    }

    int32_t deliver(postil_json_element_t *element) {
        *element = element_;
        if (carried_.empty()) {
            element->bytes = chunk_ + first_;
            element->count = at_ - first_;
        } else {
            carried_.insert(carried_.end(), chunk_, chunk_ + at_);
            element->bytes = carried_.data();
            element->count = carried_.size();
        }
        if (element->count > limit_) {
            return refuse_size();
        }
        delivered_ = true;
        element_.index++;
        state_ = root_is_array_ ? State::after : State::done;
        return 1;
    }

    /// The chunk ends inside an element: what is there is copied.
    void keep_rest() {
        count_lines(chunk_size_);
        if (state_ == State::element && first_ < chunk_size_) {
            if (carried_.size() + chunk_size_ - first_ > limit_) {
                refuse_size();
                return;
            }
            carried_.insert(carried_.end(), chunk_ + first_, chunk_ + chunk_size_);
        }
        first_ = 0;
        chunk_size_ = 0;
        offset_ += at_;
        at_ = 0;
        counted_ = 0;
    }
};

postil_json_splitter_t *postil_json_splitter_make(uint64_t element_limit) {
    return new (std::nothrow) postil_json_splitter(element_limit);
}

void postil_json_splitter_free(postil_json_splitter_t *splitter) {
    delete splitter;
}

void postil_json_splitter_push(postil_json_splitter_t *splitter, const uint8_t *bytes,
                               uint64_t count) {
    splitter->push(bytes, count);
}

int32_t postil_json_splitter_next(postil_json_splitter_t *splitter, postil_json_element_t *element,
                                  postil_json_error_t *error) {
    int32_t result = -1;
    guarded(error, [&] {
        result = splitter->next(element);
        if (result < 0) {
            splitter->describe(error);
        }
        return POSTIL_JSON_OK;
    });
    return result;
}

int32_t postil_json_splitter_finish(postil_json_splitter_t *splitter,
                                    postil_json_element_t *element, postil_json_error_t *error) {
    int32_t result = -1;
    guarded(error, [&] {
        result = splitter->finish(element);
        if (result < 0) {
            splitter->describe(error);
        }
        return POSTIL_JSON_OK;
    });
    return result;
}

int32_t postil_json_splitter_root_is_array(const postil_json_splitter_t *splitter) {
    return splitter->root_is_array();
}
