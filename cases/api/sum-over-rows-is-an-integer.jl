#= adrepro
title: A result that is an integer has no gradient, and its float has one
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2255
tags: [eachrow, api, reverse]
checks:
  - call: refused()
    value: true
  - call: Enzyme.gradient(Reverse, total, [1.0 2.0; 3.0 4.0])[1]
    value: [[1.0, 4.0], [3.0, 8.0]]
=#
using Enzyme

count_of(A) = sum(length(row) for row in eachrow(A))
total(A) = sum(row[1]^2 / 2 + row[2]^2 for row in eachrow(A))
function refused()
    try
        autodiff(Reverse, count_of, Active, Duplicated([1.0 2.0; 3.0 4.0], zeros(2, 2)))
        return false
    catch e
        return e isa ErrorException
    end
end
