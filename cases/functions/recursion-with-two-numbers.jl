#= adrepro
title: A recursive function of two active numbers gives each its own derivative
tags: [recursion, calls]
checks:
  - call: autodiff(Reverse, powers, Active, Active(2.0), Active(5.0), Const(3))[1]
    value: [60.0, 8.0, null]
  - call: "[autodiff(Forward, powers, Duplicated(2.0, 1.0), Const(5.0), Const(3))[1], autodiff(Forward, powers, Const(2.0), Duplicated(5.0, 1.0), Const(3))[1]]"
    value: [60.0, 8.0]
=#
using Enzyme

"`b * a^n`"
powers(a, b, n) = n == 0 ? b : a * powers(a, b, n - 1)
