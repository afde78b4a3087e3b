#= adrepro
title: Spellings of a sum of determinants agree and leave the constant alone
upstream: https://github.com/EnzymeAD/Enzyme.jl/issues/2868
tags: [reverse, det, Diagonal, mapreduce, foreach]
checks:
  - call: slopes(2.0)
    value: [44.0, 44.0, 44.0, 44.0, 44.0]
  - call: u
    value: [[1.0, 2.0], [3.0, 3.0]]
=#
using Enzyme, LinearAlgebra

u = [[1.0, 2.0], [3.0, 3.0]]
plain(c, u) = sum(det(c * Diagonal(v)) for v in u)
mapped(c, u) = mapreduce(v -> det(c * Diagonal(v)), +, u)
zipped(c, u) = sum(det(s * Diagonal(v)) for (s, v) in zip((c, c), u))
function looped(c, u)
    total = 0.0
    foreach(u) do v
        total += det(c * Diagonal(v))
    end
    return total
end
function scaled(c, u)
    total = 0.0
    buffer = similar(u[1])
    for v in u
        copyto!(buffer, v)
        total += det(Diagonal(rmul!(buffer, c)))
    end
    return total
end
slopes(c) = [autodiff(Reverse, f, Active, Active(c), Const(u))[1][1] for f in (plain, mapped, zipped, looped, scaled)]
