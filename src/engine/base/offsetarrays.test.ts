/** OffsetArrays: slices, views, reductions and searches at indices that begin anywhere. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

describe('OffsetArrays', () => {
  shows(
    () =>
      newSession(`
using OffsetArrays
const b, a = OffsetArray([1 3 5; 2 4 6], 0:1, -1:1), OffsetArray([9, 2, 3], -1)
whole(x) = (collect(x), axes(x))
`),
    `
    whole(b[0, :]), whole(b[:, 0]), b[0:1, 0], b[[1, 0], -1], b[:, :] == b, whole(b[axes(b, 1), 0])[2] => (([1, 3, 5], (Base.IdentityUnitRange(-1:1),)), ([3, 4], (Base.IdentityUnitRange(0:1),)), [3, 4], [2, 1], true, (Base.IdentityUnitRange(0:1),))
    b[0:2, 0] => !BoundsError
    (w = view(copy(b), :, 0); w[1] = 8; (w[0], w[1], parent(w) isa SubArray)) => (3, 8, true)
    (c = copy(b); c[:, 0] .= 1; c[0, :] = OffsetArray([7, 8, 9], -1:1); c.parent) => [7 8 9; 2 1 6]
    (findfirst(==(2), a), findall(>(2), a), argmax(a), findmax(-a), findlast(>(2), a), findnext(>(2), a, 1), argmin(b), first(a), last(a, 2)) => (1, [0, 2], 0, (-2, 1), 2, 2, CartesianIndex(0, -1), 9, [2, 3])
    whole(sum(b; dims=1)), cumsum(a)[2], sort(a)[0], map(+, a, a)[0], accumulate(max, a)[1] => (([3 7 11], (Base.IdentityUnitRange(0:0), Base.IdentityUnitRange(-1:1))), 14, 2, 18, 9)
    (a == [9, 2, 3], a == OffsetArray([9, 2, 3], 0:2), [1 3 5; 2 4 6] == b) => (false, true, false)
    whole(zeros(-1:0)), fill(2, 0:1, 0:1)[1, 1], ones(Int, 0:1)[0], zeros(Base.OneTo(2)) isa Vector => (([0.0, 0.0], (Base.IdentityUnitRange(-1:0),)), 2, 1, true)
    whole([2x for x in a]), whole([b[i, j] for i in axes(b, 1), j in 0:1])[2], whole(Float64[a[i] for i in eachindex(a)])[2], axes([x for x in a if x > 2]), axes(CartesianIndices(b)) => (([18, 4, 6], (Base.IdentityUnitRange(0:2),)), (Base.IdentityUnitRange(0:1), Base.IdentityUnitRange(1:2)), (Base.IdentityUnitRange(0:2),), (Base.OneTo(2),), (Base.IdentityUnitRange(0:1), Base.IdentityUnitRange(-1:1)))
    OffsetArrays.center([1, 2, 3]), OffsetArrays.centered([1, 2, 3])[0], checkbounds(Bool, a, 3), checkindex(Bool, 1:3, [0, 1]), isassigned(a, 0) => ((2,), 2, false, false, true)
    `,
  )
})
