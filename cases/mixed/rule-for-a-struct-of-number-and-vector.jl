#= adrepro
title: A rule for a function of a struct that holds a number and a vector
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/3126
tags: [rules, mixed, struct]
notes: Reverse mode hands such a value to a rule as MixedDuplicated, so a rule for Annotation must be reached.
checks:
  - call: shadow_of(2.0, [3.0, 4.0])
    value: [70.0, [20.0, 20.0]]
=#
using Enzyme
import Enzyme.EnzymeRules: augmented_primal, reverse, AugmentedReturn, needs_primal

struct Weighted
    weight::Float64
    items::Vector{Float64}
end
total(w::Weighted) = w.weight * sum(w.items)
function augmented_primal(config, ::Const{typeof(total)}, ::Type{<:Active}, w::Annotation{Weighted})
    return AugmentedReturn(needs_primal(config) ? total(w.val) : nothing, nothing, nothing)
end
# Ten times the derivative, so that it shows whether the rule was used.
function reverse(config, ::Const{typeof(total)}, d::Active, tape, w::MixedDuplicated{Weighted})
    before = w.dval[]
    before.items .+= 10 * d.val * w.val.weight
    w.dval[] = Weighted(before.weight + 10 * d.val * sum(w.val.items), before.items)
    return (nothing,)
end
function shadow_of(weight, items)
    shadow = Ref(Weighted(0.0, zero(items)))
    autodiff(Reverse, w -> total(w), Active, MixedDuplicated(Weighted(weight, items), shadow))
    return (shadow[].weight, shadow[].items)
end
