using BatchGateway.Cli;

return (int)await Tool.RunAsync(args);
