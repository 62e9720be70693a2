// The Penn Treebank word tokenizer, as NLTK has it and Label Studio's converter changes it.
//
// It works by rewriting: blanks go around what is a token of its own, then the text is split at
// blanks and each token is looked up in the original. The rules and their order are those of
// nltk.tokenize.treebank (TreebankWordTokenizer), with the converter's list for punctuation.
#pragma once

#include "code_points.hpp"

#include <string>
#include <utility>
#include <vector>

namespace text {

using Points = std::u32string;

/// Where a token lies in the text, in code points; `end` is exclusive.
struct TokenSpan {
    size_t start, end;
};

inline bool is_blank(char32_t c) {
    return (c >= 0x9 && c <= 0xD) || (c >= 0x1C && c <= 0x20) || c == 0x85 || c == 0xA0 ||
           c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
           c == 0x202F || c == 0x205F || c == 0x3000;
}

class Treebank {
public:
    static std::vector<TokenSpan> tokenize(const Points &text) {
        std::vector<Points> tokens = split(Treebank(text).rewritten());
        restore_quotes(text, tokens);
        std::vector<TokenSpan> spans;
        size_t from = 0;
        for (const Points &token : tokens) {
            size_t at = text.find(token, from);
            if (at == Points::npos) {
                return words(text); // The rules have made something that is not in the text.
            }
            from = at + token.size();
            spans.push_back({at, from});
        }
        return spans;
    }

private:
    explicit Treebank(const Points &text) : text_(text) {}

    Points rewritten() {
        open_quotes();
        punctuation();
        pad_any(U"[](){}<>");
        pad_all(U"--");
        text_.insert(0, 1, U' ');
        text_ += U' ';
        replace_all(U"''", U" '' ");
        replace_all(U"\"", U" '' ");
        endings();
        contractions();
        return text_;
    }

    void open_quotes() {
        if (!text_.empty() && text_.front() == U'"') {
            text_.replace(0, 1, U"``");
        }
        pad_all(U"``");
        rewrite([](const Points &t, size_t i, Points &out) -> size_t {
            if (!is_any(t[i], U" ([{<")) {
                return 0;
            }
            size_t quote = at(t, i + 1) == U'"'                             ? 1
                           : at(t, i + 1) == U'\'' && at(t, i + 2) == U'\'' ? 2
                                                                            : 0;
            if (quote > 0) {
                out += t[i];
                out += U" `` ";
                return quote + 1;
            }
            return 0;
        });
    }

    void punctuation() {
        rewrite([](const Points &t, size_t i, Points &out) -> size_t {
            bool splits =
                is_any(t[i], U":,") && i + 1 < t.size() && !contains(digit_ranges, t[i + 1]);
            if (splits) {
                out += {U' ', t[i], U' ', t[i + 1]};
            }
            return splits ? 2 : 0;
        });
        rewrite([](const Points &t, size_t i, Points &out) -> size_t {
            bool is_last = i + 1 == t.size() || (i + 2 == t.size() && t[i + 1] == U'\n');
            if (is_any(t[i], U":,") && is_last) {
                out += {U' ', t[i], U' '};
                return 1;
            }
            return 0;
        });
        pad_all(U"...");
        pad_any(U";@#$/%&");
        final_period();
        pad_any(U"?!");
        rewrite([](const Points &t, size_t i, Points &out) -> size_t {
            bool ends = t[i] != U'\'' && at(t, i + 1) == U'\'' && at(t, i + 2) == U' ';
            if (ends) {
                out += {t[i], U' ', U'\'', U' '};
            }
            return ends ? 3 : 0;
        });
    }

    /// Only at the end of the text, behind anything but a period and before closing signs.
    void final_period() {
        size_t end = text_.size();
        while (end > 0 && is_blank(text_[end - 1])) {
            end--;
        }
        size_t period = end;
        while (period > 0 && is_any(text_[period - 1], U"])}>\"'")) {
            period--;
        }
        if (period >= 2 && text_[period - 1] == U'.' && text_[period - 2] != U'.') {
            text_.resize(end);
            text_ += U' ';
            text_.insert(period - 1, 1, U' ');
        }
    }

    /// `'s`, `'m`, `'d`, `'`, then `'ll`, `'re`, `'ve`, `n't`, each before a blank.
    void endings() {
        rewrite([](const Points &t, size_t i, Points &out) -> size_t {
            if (t[i] == U'\'' || t[i] == U' ' || at(t, i + 1) != U'\'') {
                return 0;
            }
            size_t length = is_any(at(t, i + 2), U"sSmMdD") && at(t, i + 3) == U' ' ? 2
                            : at(t, i + 2) == U' '                                  ? 1
                                                                                    : 0;
            return ending(t, i, length, out);
        });
        rewrite([](const Points &t, size_t i, Points &out) -> size_t {
            static const Points endings[] = {U"'ll", U"'LL", U"'re", U"'RE",
                                             U"'ve", U"'VE", U"n't", U"N'T"};
            if (t[i] == U'\'' || t[i] == U' ') {
                return 0;
            }
            for (const Points &known : endings) {
                if (t.compare(i + 1, 3, known) == 0 && at(t, i + 4) == U' ') {
                    return ending(t, i, 3, out);
                }
            }
            return 0;
        });
    }

    static size_t ending(const Points &t, size_t i, size_t length, Points &out) {
        if (length == 0) {
            return 0;
        }
        out += {t[i], U' '};
        out.append(t, i + 1, length);
        out += U' ';
        return length + 2;
    }

    void contractions() {
        static const std::pair<Points, Points> whole[] = {
            {U"can", U"not"}, {U"d", U"'ye"},  {U"gim", U"me"},  {U"gon", U"na"},
            {U"got", U"ta"},  {U"lem", U"me"}, {U"more", U"'n"}, {U"wan", U"na"}};
        for (const auto &parts : whole) {
            contract(parts.first, parts.second, false, parts.first == U"wan");
        }
        contract(U"'t", U"is", true, false);
        contract(U"'t", U"was", true, false);
    }

    /// Splits a word in two, whatever its case. `behind_blank`: the blank before it is part of the
    /// match; otherwise a word begins there. `before_blank`: a blank must follow, not just an end.
    void contract(const Points &first, const Points &second, bool behind_blank, bool before_blank) {
        rewrite([&](const Points &t, size_t i, Points &out) -> size_t {
            size_t start = i + (behind_blank ? 1 : 0), middle = start + first.size(),
                   end = middle + second.size();
            if ((behind_blank && t[i] != U' ') || end > t.size() || !is_folded(t, start, first) ||
                !is_folded(t, middle, second)) {
                return 0;
            }
            bool begins = behind_blank || is_boundary(t, start);
            bool ends = before_blank ? end < t.size() && is_blank(t[end]) : is_boundary(t, end);
            if (!begins || !ends) {
                return 0;
            }
            out += U' ';
            out.append(t, start, first.size());
            out += U' ';
            out.append(t, middle, second.size());
            out += U' ';
            return end - i;
        });
    }

    static char32_t folded(char32_t c) {
        return c >= U'A' && c <= U'Z'             ? c + 32
               : c == U'\u0130' || c == U'\u0131' ? U'i'
               : c == U'\u017F'                   ? U's'
                                                  : c;
    }

    static bool is_folded(const Points &t, size_t start, const Points &lower) {
        for (size_t i = 0; i < lower.size(); i++) {
            if (folded(t[start + i]) != lower[i]) {
                return false;
            }
        }
        return true;
    }

    static bool is_word(const Points &t, size_t i) {
        return i < t.size() && contains(word_ranges, t[i]);
    }

    static bool is_boundary(const Points &t, size_t i) {
        return (i > 0 && is_word(t, i - 1)) != is_word(t, i);
    }

    static char32_t at(const Points &t, size_t i) { return i < t.size() ? t[i] : 0; }

    static bool is_any(char32_t c, const char32_t *set) {
        for (; *set; set++) {
            if (*set == c) {
                return true;
            }
        }
        return false;
    }

    /// Replaces from left to right. `rule` appends the replacement and returns how many code points
    /// it stands for; 0 for no match here.
    template <class Rule> void rewrite(Rule rule) {
        Points out;
        out.reserve(text_.size() + 16);
        for (size_t i = 0; i < text_.size();) {
            size_t matched = rule(text_, i, out);
            if (matched == 0) {
                out += text_[i++];
            }
            i += matched;
        }
        text_ = std::move(out);
    }

    void pad_any(const char32_t *set) {
        rewrite([set](const Points &t, size_t i, Points &out) -> size_t {
            bool is_one = is_any(t[i], set);
            if (is_one) {
                out += {U' ', t[i], U' '};
            }
            return is_one ? 1 : 0;
        });
    }

    void pad_all(const Points &sign) { replace_all(sign, U" " + sign + U" "); }

    void replace_all(const Points &sign, const Points &with) {
        size_t found = text_.find(sign);
        while (found != Points::npos) {
            text_.replace(found, sign.size(), with);
            found = text_.find(sign, found + with.size());
        }
    }

    static std::vector<Points> split(const Points &t) {
        std::vector<Points> tokens;
        for (TokenSpan word : words(t)) {
            tokens.push_back(t.substr(word.start, word.end - word.start));
        }
        return tokens;
    }

    static std::vector<TokenSpan> words(const Points &t) {
        std::vector<TokenSpan> found;
        for (size_t i = 0; i < t.size();) {
            size_t start = i;
            while (i < t.size() && !is_blank(t[i])) {
                i++;
            }
            if (i > start) {
                found.push_back({start, i});
            } else {
                i++;
            }
        }
        return found;
    }

    /// Quotes became `` and ''; gives each the form that it has in the text.
    static void restore_quotes(const Points &t, std::vector<Points> &tokens) {
        if (t.find(U'"') == Points::npos && t.find(U"''") == Points::npos) {
            return;
        }
        std::vector<Points> originals;
        for (size_t i = 0; i < t.size();) {
            Points two = t.substr(i, 2);
            bool is_pair = two == U"``" || two == U"''";
            if (is_pair || t[i] == U'"') {
                originals.push_back(is_pair ? two : Points(U"\""));
            }
            i += is_pair ? 2 : 1;
        }
        size_t next = 0;
        for (Points &token : tokens) {
            bool is_quote = token == U"\"" || token == U"``" || token == U"''";
            if (is_quote && next < originals.size()) {
                token = originals[next++];
            }
        }
    }

    Points text_;
};

} // namespace text
