#= adrepro
title: A dictionary whose keys are structs
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2518
tags: [reverse, dict, struct]
checks:
  - call: autodiff(Reverse, f, Active, Active(1.0))[1][1]
    value: 28.0
=#
using Enzyme

struct Key
    at::Int
end
function f(x)
    d = Dict{Key,Float64}()
    for i in 1:3
        d[Key(i)] = x * i
    end
    return sum(d[Key(i)]^2 for i in 1:3)
end
