// Which regions of two answers belong together.
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <numeric>
#include <vector>

namespace postil {

/// Two regions that may belong together, and what that would be worth.
struct Candidate {
    size_t first, second;
    double worth;
};

/// Picks pairs, each region at most once, so that the sum of their worths is the largest.
///
/// Regions that cannot meet do not hinder each other, so each group of connected candidates is
/// solved by itself, by the Hungarian method; cubic in the size of a group, which is small where
/// regions are many.
class Matching {
public:
    /// The picked candidates in the order of `candidates`; those without a worth are left out.
    static std::vector<Candidate> best(const std::vector<Candidate> &candidates, size_t first_count,
                                       size_t second_count) {
        std::vector<size_t> parents(first_count + second_count);
        std::iota(parents.begin(), parents.end(), size_t{0});
        auto root = [&](size_t node) {
            while (parents[node] != node) {
                node = parents[node] = parents[parents[node]];
            }
            return node;
        };
        for (const Candidate &candidate : candidates) {
            parents[root(candidate.first)] = root(first_count + candidate.second);
        }
        std::vector<std::vector<Candidate>> groups(parents.size());
        for (const Candidate &candidate : candidates) {
            groups[root(candidate.first)].push_back(candidate);
        }
        std::vector<Candidate> picked;
        for (const std::vector<Candidate> &group : groups) {
            if (group.size() == 1) {
                picked.push_back(group[0]);
            } else if (!group.empty()) {
                solve(group, picked);
            }
        }
        return picked;
    }

private:
    static std::vector<size_t> distinct(const std::vector<Candidate> &group,
                                        size_t Candidate::*side) {
        std::vector<size_t> out;
        for (const Candidate &candidate : group) {
            out.push_back(candidate.*side);
        }
        std::sort(out.begin(), out.end());
        out.erase(std::unique(out.begin(), out.end()), out.end());
        return out;
    }

    static size_t place(const std::vector<size_t> &sorted, size_t value) {
        return static_cast<size_t>(std::lower_bound(sorted.begin(), sorted.end(), value) -
                                   sorted.begin());
    }

    static void solve(const std::vector<Candidate> &group, std::vector<Candidate> &picked) {
        std::vector<size_t> rows = distinct(group, &Candidate::first);
        std::vector<size_t> columns = distinct(group, &Candidate::second);
        size_t Candidate::*row_side = &Candidate::first,
               Candidate::*column_side = &Candidate::second;
        if (rows.size() > columns.size()) {
            std::swap(rows, columns);
            std::swap(row_side, column_side);
        }
        std::vector<std::vector<double>> worth(rows.size(), std::vector<double>(columns.size()));
        for (const Candidate &candidate : group) {
            worth[place(rows, candidate.*row_side)][place(columns, candidate.*column_side)] =
                candidate.worth;
        }
        std::vector<size_t> row_of_column = assign(worth);
        for (const Candidate &candidate : group) {
            size_t column = place(columns, candidate.*column_side);
            if (row_of_column[column] == place(rows, candidate.*row_side) && candidate.worth > 0) {
                picked.push_back(candidate);
            }
        }
    }

    /// The row of each column, beyond the last row for none. At most as many rows as columns.
    /// Shortest augmenting paths with potentials.
    static std::vector<size_t> assign(const std::vector<std::vector<double>> &worth) {
        const size_t rows = worth.size(), columns = worth[0].size();
        std::vector<double> row_price(rows + 1), column_price(columns + 1);
        // Place 0 of the columns stands for the row that is being placed.
        std::vector<size_t> row_of(columns + 1, 0), before(columns + 1, 0);
        for (size_t row = 1; row <= rows; row++) {
            std::vector<double> least(columns + 1, std::numeric_limits<double>::infinity());
            std::vector<bool> done(columns + 1, false);
            size_t column = 0;
            row_of[0] = row;
            do {
                done[column] = true;
                size_t at = row_of[column], nearest = 0;
                double step = std::numeric_limits<double>::infinity();
                for (size_t next = 1; next <= columns; next++) {
                    if (done[next]) {
                        continue;
                    }
                    double cost = -worth[at - 1][next - 1] - row_price[at] - column_price[next];
                    if (cost < least[next]) {
                        least[next] = cost;
                        before[next] = column;
                    }
                    if (least[next] < step) {
                        step = least[next];
                        nearest = next;
                    }
                }
                for (size_t next = 0; next <= columns; next++) {
                    if (done[next]) {
                        row_price[row_of[next]] += step;
                        column_price[next] -= step;
                    } else {
                        least[next] -= step;
                    }
                }
                column = nearest;
            } while (row_of[column] != 0);
            for (; column != 0; column = before[column]) {
                row_of[column] = row_of[before[column]];
            }
        }
        std::vector<size_t> out(columns);
        for (size_t column = 0; column < columns; column++) {
            out[column] = row_of[column + 1] == 0 ? rows : row_of[column + 1] - 1;
        }
        return out;
    }
};

} // namespace postil
