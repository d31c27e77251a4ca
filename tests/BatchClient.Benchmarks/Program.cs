// Measures this library against what an ordinary user writes without it (Baselines.cs).
return 0;
