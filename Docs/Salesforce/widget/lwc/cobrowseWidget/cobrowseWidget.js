import { LightningElement, api, wire } from 'lwc';
import { getFieldValue, getRecord } from 'lightning/uiRecordApi';
import { loadScript } from 'lightning/platformResourceLoader';
import agentSdk from '@salesforce/resourceUrl/cobrowseAgentSdk';
import issue from '@salesforce/apex/CobrowseToken.issue';
import { COBROWSE_API, embedUrl, fieldsOf, filtersOf } from './embedUrl';

/** The devices of the customer whose record is open. */
export default class CobrowseWidget extends LightningElement {
    @api recordId;
    @api objectApiName;
    /** "dashboard", "code" or "connect". */
    @api page = 'dashboard';
    /** The height in pixels. */
    @api height = 900;

    url;
    problem;
    attachedUrl;

    get frameStyle() {
        return `width: 100%; border: 0; height: ${Number(this.height) || 900}px`;
    }

    get fields() {
        return fieldsOf(this.objectApiName);
    }

    @wire(getRecord, { recordId: '$recordId', optionalFields: '$fields' })
    showRecord({ data, error }) {
        if (!data && !error) {
            return;
        }
        try {
            const filters = filtersOf(this.objectApiName, (field) => {
                if (error) {
                    throw new Error('This record cannot be read.');
                }
                return getFieldValue(data, field);
            });
            this.url = embedUrl(this.page, filters, { navigation: 'none' });
            this.problem = undefined;
        } catch (refusal) {
            // No frame at all: one without a filter would show the devices of everybody.
            this.url = undefined;
            this.problem = refusal.message;
        }
    }

    renderedCallback() {
        const frame = this.template.querySelector('iframe');
        if (!frame || this.attachedUrl === this.url) {
            return;
        }
        this.attachedUrl = this.url;
        this.handOver(frame);
    }

    /** Gives the frame a token of this moment. It goes to Cobrowse's origin by postMessage and stands in no URL. */
    async handOver(frame) {
        try {
            await loadScript(this, agentSdk);
            const token = await issue();
            const cobrowse = new window.CobrowseAPI(token, { api: COBROWSE_API });
            await cobrowse.attachContext(frame);
        } catch (failure) {
            this.problem = (failure.body && failure.body.message) || failure.message;
        }
    }
}
