#= adrepro
title: An array is filled element by element
upstream: https://github.com/FluxML/Zygote.jl/issues/1308
tags: [limit, mutation, zygote]
checks:
  - call: slope(3.0)
    value: 3.0
    on:
      builtin:zygote: fails ad.mutation
  - call: slope_of_buffer(3.0)
    value: 3.0
    on:
      builtin:zygote: pass
  - call: slope_in_place([1.0, 2.0])
    value: [2.0, 2.0]
    on:
      builtin:zygote: fails ad.mutation
  - call: slope_without([1.0, 2.0])
    on:
      builtin:zygote: pass
=#
using Zygote

function filled(x)
    y = zeros(2)
    y[1] = x
    y[2] = 2 * x
    sum(y)
end
function buffered(x)
    y = Zygote.Buffer([0.0, 0.0])
    y[1] = x
    y[2] = 2 * x
    sum(copy(y))
end
function scaled(x)
    y = copy(x)
    y .= 2 .* y
    sum(y)
end
library(x) = sum(x .^ 2) + sum(map(t -> t^2, x)) + sum(hcat(x, x)) + sum(sort(x)) + sum(reverse(cumsum(reverse(x)))) - x[1] + prod(ones(2)) + maximum(vcat([0.0], x .* 0)) + sum([i * x[i] for i in 1:2]) - 2
slope(x) = Zygote.gradient(filled, x)[1]
slope_of_buffer(x) = Zygote.gradient(buffered, x)[1]
slope_in_place(x) = Zygote.gradient(scaled, x)[1]
slope_without(x) = Zygote.gradient(library, x)[1]
