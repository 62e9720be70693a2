// Changes well-formed arenas at random and lets the host take them.
//
//   arenas COUNT [SEED]
//
// Each seed stands for a block of 1,000 arenas. For every one:
//   - the host's verdict is the judge's,
//   - what the host took is well-formed itself, can be rendered, and is taken again unchanged.
// Built with sanitizers, and each arena lies in memory of exactly its size, so that every byte read
// beyond it ends the run. Ends with the seed of the first block in which something is wrong.
#include "judge.hpp"
#include "random.hpp"

#include <CSimdJSON.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace fuzz {
namespace {

constexpr uint64_t block_size = 1000;

struct Tally {
    uint64_t arenas = 0, accepted = 0, refused = 0, open = 0;
};

postil_bytes_t bytes(const std::string &text) {
    return {reinterpret_cast<const uint8_t *>(text.data()), text.size()};
}

/// Builds values of every kind, as a plugin would.
class Builder {
public:
    Builder(postil_builder_t *builder, Random &random) : builder_(builder), random_(random) {}

    void root() {
        postil_root_t fields = {};
        fields.task_id = int64_t(random_.next());
        postil_build_root(builder_, &fields);
        value(0);
        postil_build_root_end(builder_);
    }

private:
    postil_builder_t *builder_;
    Random &random_;

    std::string text() {
        static const char *const texts[] = {
            "",     "a",    "label",   "Büs",
            "汉字", "🚗🏽", "a\"b\\c", "a longer text that does not fit into one word"};
        return texts[random_.below(8)];
    }

    void container(bool is_object, int depth) {
        is_object ? postil_build_object(builder_) : postil_build_array(builder_);
        uint64_t count = random_.below(depth < 4 ? 5 : 2);
        for (uint64_t i = 0; i < count; i++) {
            if (is_object) {
                std::string name = text() + std::to_string(i);
                postil_build_key(builder_, bytes(name));
            }
            value(depth + 1);
        }
        postil_build_end(builder_);
    }

    void value(int depth) {
        double doubles[] = {1.5, -0.0, 1e300, 3.25};
        int64_t integers[] = {1, -1, INT64_MAX};
        switch (random_.below(depth < 6 ? 13 : 8)) {
        case 0:
            postil_build_null(builder_);
            break;
        case 1:
            postil_build_bool(builder_, random_.chance(2));
            break;
        case 2:
            postil_build_int64(builder_, int64_t(random_.next()));
            break;
        case 3:
            postil_build_uint64(builder_, random_.next());
            break;
        case 4:
            postil_build_double(builder_, doubles[random_.below(4)]);
            break;
        case 5:
            postil_build_number_text(builder_, bytes("1234567890123456789012345"), 1.23e24);
            break;
        case 6:
            postil_build_string(builder_, bytes(text()));
            break;
        case 7:
            postil_build_bytes(builder_, bytes(text()));
            break;
        case 8:
            postil_build_doubles(builder_, doubles, random_.below(5));
            break;
        case 9:
            postil_build_int64s(builder_, integers, random_.below(4));
            break;
        case 10:
            postil_build_points(builder_, doubles, random_.below(3));
            break;
        case 11:
            container(false, depth);
            break;
        default:
            container(true, depth);
            break;
        }
    }
};

struct Keys {
    postil_key_table_t *table = postil_key_table_make(1 << 12);
    ~Keys() { postil_key_table_free(table); }
};

struct Arena {
    postil_arena_t *arena = postil_arena_make(64, 1 << 20, 1 << 24);
    ~Arena() { postil_arena_free(arena); }
};

/// Memory of exactly its size, so that a sanitizer sees one byte too many.
struct Exact {
    uint8_t *memory;
    uint64_t count;
    explicit Exact(const std::vector<uint8_t> &from)
        : memory(static_cast<uint8_t *>(std::malloc(from.size()))), count(from.size()) {
        if (count > 0) {
            std::memcpy(memory, from.data(), count);
        }
    }
    ~Exact() { std::free(memory); }
    Exact(const Exact &) = delete;
};

std::vector<uint8_t> built(Random &random, Arena &arena) {
    postil_arena_begin(arena.arena);
    postil_builder_t *builder = postil_arena_builder(arena.arena);
    for (uint64_t i = 0, count = 1 + random.below(3); i < count; i++) {
        Builder(builder, random).root();
    }
    postil_build_finish(builder);
    return {builder->arena, builder->arena + builder->used};
}

uint64_t odd_number(Random &random, uint64_t size) {
    switch (random.below(6)) {
    case 0:
        return random.below(size + 32);
    case 1:
        return random.below(size / 8 + 4) * 8;
    case 2:
        return uint64_t(1) << random.below(64);
    case 3:
        return ~uint64_t(0) - random.below(32);
    case 4:
        return random.below(20);
    default:
        return random.next();
    }
}

void mutate(std::vector<uint8_t> &arena, Random &random) {
    for (uint64_t i = 0, count = 1 + random.below(4); i < count && !arena.empty(); i++) {
        uint64_t at = random.below(arena.size());
        uint64_t number = odd_number(random, arena.size());
        switch (random.below(7)) {
        case 0:
            arena[at] ^= uint8_t(1 << random.below(8));
            break;
        case 1:
            arena[at] = uint8_t(number);
            break;
        case 2: // A word in its place: lengths, extents, offsets.
            at &= ~uint64_t(7);
            std::memcpy(&arena[at], &number, std::min<uint64_t>(8, arena.size() - at));
            break;
        case 3:
            at &= ~uint64_t(3);
            std::memcpy(&arena[at], &number, std::min<uint64_t>(4, arena.size() - at));
            break;
        case 4:
            arena.resize(at);
            break;
        case 5: { // A node over another.
            uint64_t from = random.below(arena.size()) & ~uint64_t(7);
            at &= ~uint64_t(7);
            uint64_t count = std::min<uint64_t>(16, arena.size() - std::max(at, from));
            std::memmove(&arena[at], &arena[from], count);
            break;
        }
        default: { // A piece twice.
            std::vector<uint8_t> piece(arena.begin() + int64_t(at & ~uint64_t(7)), arena.end());
            piece.resize(std::min<uint64_t>(piece.size(), 8 * (1 + random.below(4))));
            arena.insert(arena.begin() + int64_t(at & ~uint64_t(7)), piece.begin(), piece.end());
            break;
        }
        }
    }
}

postil_status_t append(void *context, postil_bytes_t piece) {
    auto *text = static_cast<std::string *>(context);
    text->append(reinterpret_cast<const char *>(piece.bytes), piece.count);
    return POSTIL_OK;
}

std::string rendered(const uint8_t *arena, const Keys &keys) {
    std::string text;
    postil_arena_header_t header;
    std::memcpy(&header, arena, sizeof header);
    for (uint32_t i = 0; i < header.root_count; i++) {
        postil_root_t root;
        std::memcpy(&root, arena + header.roots_offset + uint64_t(i) * header.root_size,
                    sizeof root);
        auto *node = reinterpret_cast<const postil_node_t *>(arena + root.node_offset);
        postil_tree_render(postil_key_table_names(keys.table), postil_key_table_count(keys.table),
                           node, 0, &text, append);
        text += '\n';
    }
    return text;
}

/// Checks what was taken: it renders, and what it renders to gives the same tree.
bool is_sound(Arena &taken, const Keys &keys) {
    uint64_t count = 0;
    uint8_t *arena = postil_arena_finish(taken.arena, keys.table, &count);
    if (!arena) {
        return false;
    }
    std::string text = rendered(arena, keys);
    std::free(arena);
    Keys other;
    Arena again;
    postil_arena_begin(again.arena);
    postil_builder_t *builder = postil_arena_builder(again.arena);
    size_t start = 0;
    postil_json_error_t error;
    for (size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', start)) {
        postil_build_root(builder, nullptr);
        if (postil_arena_append_json(again.arena, other.table,
                                     reinterpret_cast<const uint8_t *>(text.data() + start),
                                     end - start, &error) != POSTIL_JSON_OK) {
            return false;
        }
        postil_build_root_end(builder);
        start = end + 1;
    }
    arena = postil_arena_finish(again.arena, other.table, &count);
    bool is_same = arena && rendered(arena, other) == text;
    std::free(arena);
    return is_same;
}

/// Returns what is wrong, or nothing.
const char *try_one(const std::vector<uint8_t> &mutant, Arena &target, Keys &keys, Tally &tally) {
    Exact exact(mutant);
    postil_json_error_t error;
    postil_arena_begin(target.arena);
    int32_t code =
        postil_arena_take_bytes(target.arena, keys.table, exact.memory, exact.count, &error);
    Verdict verdict = Judge(exact.memory, exact.count).judge();
    tally.arenas++;
    (code == POSTIL_JSON_OK ? tally.accepted : tally.refused)++;
    tally.open += verdict == Verdict::open;
    if (code == POSTIL_JSON_OK && verdict == Verdict::wrong) {
        return "an arena that is not well-formed was taken";
    }
    bool is_limit = code == POSTIL_JSON_TOO_LARGE || code == POSTIL_JSON_NO_MEMORY;
    if (code != POSTIL_JSON_OK && verdict == Verdict::sound && !is_limit) {
        return "a well-formed arena was refused";
    }
    return code == POSTIL_JSON_OK && !is_sound(target, keys) ? "what was taken does not read back"
                                                             : nullptr;
}

bool run_block(uint64_t seed, uint64_t count, Tally &tally) {
    Random random(seed);
    Keys keys;
    Arena source, target;
    std::vector<uint8_t> arena = built(random, source);
    for (uint64_t i = 0; i < count; i++) {
        if (i % 50 == 0) {
            arena = built(random, source);
        }
        std::vector<uint8_t> mutant = arena;
        if (i % 50 != 0) {
            mutate(mutant, random);
        }
        if (const char *wrong = try_one(mutant, target, keys, tally)) {
            std::fprintf(stderr, "arenas: %s: seed %llu, arena %llu\n", wrong,
                         static_cast<unsigned long long>(seed), static_cast<unsigned long long>(i));
            return false;
        }
    }
    return true;
}

} // namespace
} // namespace fuzz

int main(int argc, char **argv) {
    uint64_t count = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 100000;
    uint64_t seed = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1;
    fuzz::Tally tally;
    for (uint64_t done = 0; done < count; done += fuzz::block_size, seed++) {
        if (!fuzz::run_block(seed, std::min(fuzz::block_size, count - done), tally)) {
            return 1;
        }
    }
    std::printf("arenas: %llu, accepted %llu, refused %llu, with texts %llu; no mistake\n",
                static_cast<unsigned long long>(tally.arenas),
                static_cast<unsigned long long>(tally.accepted),
                static_cast<unsigned long long>(tally.refused),
                static_cast<unsigned long long>(tally.open));
    return 0;
}
