#= adrepro
title: Closures made in a loop over a tuple and called later
tags: [reverse, forward, closure, tuple]
checks:
  - call: autodiff(Reverse, f, Active, Active(2.0), Active(3.0))[1]
    value: [16.0, 6.0]
  - call: autodiff(Forward, f, Duplicated(2.0, 1.0), Const(3.0))[1]
    value: 16.0
  - call: autodiff(Reverse, x -> autodiff(Reverse, f, Active, Active(x), Active(3.0))[1][2], Active, Active(2.0))[1][1]
    value: 5.0
=#
using Enzyme

scaled(a) = x -> a * x
compose(g, h) = x -> g(h(x))

function f(x, y)
    make = compose(scaled(x), scaled(y))
    parts = map(g -> g(x), (make, scaled(y), scaled(1.0)))
    return sum(parts)
end
