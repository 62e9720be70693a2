// Agreement of choices: how much two selections share, and how much of that is not chance.
#include "answer_controls.hpp"
#include "metric_table.hpp"

#include <algorithm>
#include <cmath>
#include <set>

using namespace postil;

namespace {

using Names = std::set<std::string_view>;

/// Reads what was chosen for the whole object; choices of a region are the region's attributes.
class Selections {
public:
    explicit Selections(const postil_metric_open_t &arguments)
        : controls_(arguments), choices_(postil_key(arguments.keys, "choices")) {}

    const std::map<std::string, ControlAnswers> &read(const postil_metric_call_t &call) {
        return controls_.read(call, [this](std::string_view type, postil_value_t value) {
            return type == "choices" && postil_value_count(value) == 1 &&
                   postil_value_is(postil_object_get(value, choices_), POSTIL_KIND_ARRAY);
        });
    }

    Names names(const std::vector<postil_value_t> &results) const {
        Names names;
        for (postil_value_t result : results) {
            postil_value_t value = postil_object_get(result, controls_.keys().value);
            postil_walk_t walk = postil_children(postil_object_get(value, choices_));
            postil_value_t choice;
            while (postil_walk_element(&walk, &choice)) {
                if (postil_value_is(choice, POSTIL_KIND_STRING)) {
                    names.insert(view(postil_value_text(choice)));
                }
            }
        }
        return names;
    }

private:
    AnswerControls controls_;
    uint32_t choices_;
};

size_t shared_count(const Names &first, const Names &second) {
    return static_cast<size_t>(std::count_if(
        first.begin(), first.end(), [&](std::string_view name) { return second.count(name) > 0; }));
}

/// What both chose among what either chose; the mean over the controls.
class Choices {
public:
    explicit Choices(const postil_metric_open_t &arguments) : selections_(arguments) {}

    double score(const postil_metric_call_t &call) {
        Mean mean;
        for (const auto &[name, answers] : selections_.read(call)) {
            Names first = selections_.names(answers.first);
            Names second = selections_.names(answers.second);
            Names all = first;
            all.insert(second.begin(), second.end());
            for (std::string_view choice : all) {
                bool agreed = first.count(choice) && second.count(choice);
                // Averaged by these weights the parts of a label become 2a / (2a + b + c).
                report_part(call, choice, agreed ? 1 : 0, agreed ? 2 : 1);
            }
            if (!all.empty()) {
                mean.add(static_cast<double>(shared_count(first, second)) /
                         static_cast<double>(all.size()));
            }
        }
        return mean.is_empty() ? no_score : mean.value();
    }

private:
    Selections selections_;
};

/// Cohen's kappa over the choices that the config offers, each one a yes or a no of both; the
/// mean over the controls.
class Kappa {
public:
    explicit Kappa(const postil_metric_open_t &arguments) : selections_(arguments) {
        postil_value_t context = postil_batch_value(arguments.context_borrowed, 0);
        postil_walk_t walk = postil_children(postil_object_named(context, "parsed_label_config"));
        postil_member_t control;
        while (postil_walk_member(&walk, &control)) {
            std::set<std::string> &offered = offered_[std::string(view(control.name))];
            postil_walk_t labels = postil_children(postil_object_named(control.value, "labels"));
            postil_value_t label;
            while (postil_walk_element(&labels, &label)) {
                offered.insert(std::string(view(postil_value_text(label))));
            }
        }
    }

    double score(const postil_metric_call_t &call) {
        Mean mean;
        for (const auto &[name, answers] : selections_.read(call)) {
            Names first = selections_.names(answers.first);
            Names second = selections_.names(answers.second);
            Names items = first;
            items.insert(second.begin(), second.end());
            auto offered = offered_.find(name.substr(0, name.find('\n')));
            if (offered != offered_.end()) {
                items.insert(offered->second.begin(), offered->second.end());
            }
            if (!items.empty()) {
                mean.add(kappa(first, second, static_cast<double>(items.size())));
            }
        }
        return mean.is_empty() ? no_score : std::clamp(mean.value(), -1.0, 1.0);
    }

private:
    static double kappa(const Names &first, const Names &second, double count) {
        auto both = static_cast<double>(shared_count(first, second));
        auto yes_first = static_cast<double>(first.size());
        auto yes_second = static_cast<double>(second.size());
        double observed = (count - yes_first - yes_second + 2 * both) / count;
        double chance =
            (yes_first * yes_second + (count - yes_first) * (count - yes_second)) / (count * count);
        // Both say the same of everything: there is no chance to correct for.
        return chance == 1 ? 1 : (observed - chance) / (1 - chance);
    }

    Selections selections_;
    std::map<std::string, std::set<std::string>> offered_;
};

const postil_metric_t choices_table = MetricTable<Choices>::pairs(0, 1);
const postil_metric_t kappa_table = MetricTable<Kappa>::pairs(-1, 1);
const Offered metrics[] = {{"choices", &choices_table}, {"choices-kappa", &kappa_table}};

} // namespace

POSTIL_PLUGIN(POSTIL_CAPABILITY_METRIC, metrics, "org.postil.metric.choices", "1.0.0")
