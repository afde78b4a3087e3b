#= adrepro
title: A gradient through an error that is thrown and caught
upstream: https://github.com/FluxML/Zygote.jl/issues/88
tags: [try, reverse]
checks:
  - call: Zygote.gradient(guarded, 4.0)[1]
    value: 0.25
    on:
      builtin:zygote: fails ad.try-catch
  - call: Enzyme.autodiff(Enzyme.Reverse, guarded, Enzyme.Active, Enzyme.Active(-4.0))[1][1]
    value: -3.0
    on:
      builtin:zygote: fails ad.try-catch
=#
import Zygote, Enzyme

function guarded(x)
    try
        return sqrt(x)
    catch
        return -3x
    end
end
