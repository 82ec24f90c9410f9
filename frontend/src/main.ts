import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';
import { appConfig } from './app/app.config';
import { adressePreferee } from './app/shell/langue/preference';

const ailleurs = adressePreferee(location);
if (ailleurs) location.replace(ailleurs);
else void bootstrapApplication(App, appConfig);
