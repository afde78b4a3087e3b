#= adrepro
title: What autodiff returns in each mode, with and without the primal
tags: [api, reverse, forward]
checks:
  - call: autodiff(Reverse, f, Active, Active(3.0), Active(2.0))
    equals: ((12.0, 9.0),)
  - call: autodiff(ReverseWithPrimal, f, Active, Active(3.0), Active(2.0))
    equals: ((12.0, 9.0), 18.0)
  - call: autodiff(Reverse, f, Active, Active(3.0), Const(2.0))
    equals: ((12.0, nothing),)
  - call: autodiff(Reverse, f, Active(3.0), Active(2.0))
    equals: ((12.0, 9.0),)
  - call: autodiff(Reverse, Const(f), Active, Const(3.0), Active(2.0))[1]
    equals: (nothing, 9.0)
  - call: autodiff(Forward, f, Duplicated(3.0, 1.0), Const(2.0))
    equals: (12.0,)
  - call: autodiff(ForwardWithPrimal, f, Duplicated, Duplicated(3.0, 1.0), Duplicated(2.0, 0.5))
    equals: (16.5, 18.0)
  - call: autodiff(Forward, f, Const, Duplicated(3.0, 1.0), Const(2.0))
    equals: ()
  - call: autodiff(Reverse, x -> f(x, 2.0), Active, Active(3))[1][1]
    value: 12.0
=#
using Enzyme

f(x, y) = x^2 * y
