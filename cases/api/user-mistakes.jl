#= adrepro
title: Mistakes in the use of Enzyme give its own exceptions
tags: [api, errors]
checks:
  - call: mistakes()
    value: 8
=#
using Enzyme, Test

square(x) = x^2
twice(x) = 2 .* x
elements(x) = length(x)

function mistakes()
    @test_throws ErrorException Active([1.0, 2.0])
    @test_throws "consider Duplicated or Const" Active([1.0, 2.0])
    @test_throws MethodError Duplicated([1.0], 1.0)
    @test_throws ErrorException autodiff(Forward, square, Active(1.0))
    @test_throws ErrorException autodiff(Forward, square, Active, Duplicated(1.0, 1.0))
    @test_throws Enzyme.Compiler.EnzymeNonScalarReturnException gradient(Reverse, twice, [1.0, 2.0])
    @test_throws "Duplicated Returns not yet handled" autodiff(Reverse, twice, Duplicated([1.0], [0.0]))
    @test_throws "guaranteed to be constant" autodiff(Reverse, elements, Active, Duplicated([1.0], [0.0]))
    return 8
end
