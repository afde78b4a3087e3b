#= adrepro
title: Logarithms of all bases, forward and reverse
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/163
tags: [log, reverse, forward]
checks:
  - call: autodiff(Reverse, all_bases, Active, Active(2.5))[1][1]
    equals: slope(2.5)
  - call: autodiff(Forward, all_bases, Duplicated(2.5, 1.0))[1]
    equals: slope(2.5)
  - call: autodiff(Reverse, log, Active, Active(4.0))[1][1]
    value: 0.25
=#
using Enzyme

all_bases(x) = log(x) + 2log2(x) - log10(x) + log1p(x) + log(3, x)
slope(x) = 1 / x + 2 / (x * log(2)) - 1 / (x * log(10)) + 1 / (1 + x) + 1 / (x * log(3))
