/** The packages that a program can load, by theme; docs/language.md says what each has. */
// biome-ignore format: a line for each theme
export const PACKAGES: readonly string[] = [
  'LinearAlgebra', 'SparseArrays', 'Statistics', 'Random', 'Printf', 'Test',
  'Enzyme', 'ForwardDiff', 'ReverseDiff', 'Tracker', 'Zygote', 'DifferentiationInterface', 'AbstractDifferentiation', 'ADTypes', 'DiffResults', 'FiniteDifferences', 'FiniteDiff',
  'ChainRulesCore', 'EnzymeTestUtils', 'ChainRulesTestUtils', 'DifferentiationInterfaceTest',
  'StaticArrays', 'FillArrays', 'LogExpFunctions', 'SpecialFunctions', 'NaNMath', 'IrrationalConstants', 'Distributions', 'StatsFuns', 'Optimisers', 'Functors',
  'UnPack', 'SimpleUnPack', 'Parameters', 'BenchmarkTools', 'Pkg', 'InteractiveUtils', 'ProgressMeter',
  'NNlib', 'QuadGK', 'Roots', 'Optim',
  'OffsetArrays', 'Interpolations', 'ComponentArrays',
  'DiffRules', 'Calculus', 'DiffTests',
  'Dates',
  'Flux', 'Lux', 'LuxCore', 'WeightInitializers', 'MLUtils', 'OneHotArrays',
  'StableRNGs', 'PreallocationTools',
  'Accessors', 'Setfield', 'ConstructionBase', 'StructArrays', 'StatsBase', 'OrderedCollections', 'DataStructures', 'TaylorDiff',
  'KernelAbstractions', 'Adapt', 'Atomix',
  'OrdinaryDiffEq', 'DifferentialEquations', 'SciMLBase', 'SciMLSensitivity', 'DiffEqCallbacks', 'RecursiveArrayTools', 'CommonSolve', 'DiffEqBase', 'OrdinaryDiffEqCore', 'OrdinaryDiffEqDefault',
  'OrdinaryDiffEqTsit5', 'OrdinaryDiffEqLowOrderRK', 'OrdinaryDiffEqVerner', 'OrdinaryDiffEqRosenbrock', 'OrdinaryDiffEqSDIRK',
  'NLsolve', 'NonlinearSolve', 'SimpleNonlinearSolve', 'SparseConnectivityTracer', 'SparseMatrixColorings',
]
